import { exp } from '../../core/numeric.js';
import { openStream, streamKey, type Stream } from '../../core/random.js';
import { ESTATES, type Arrival } from './arrivals.js';
import type { Own, Terms } from './continuous.js';
import { ladder, placeAbove, placeBelow, priceAt, type TickGrid } from './ladder.js';
import type { Session, Wave } from './mechanism.js';
import { cancelOrder, limitOrder, marketOrder, orderBook, type OrderBook, type Side } from './order-book.js';

/** One asset's book in one wave, and who comes to it. */
export interface Floor {
  readonly terms: Terms;
  readonly session: Session;
  readonly wave: Wave;
  readonly asset: number;
  readonly grid: TickGrid;
  readonly arrivals: readonly Arrival[];
}

interface Account {
  units: number;
  value: number;
}

/** What a wave came to in one asset. */
export interface Traded {
  readonly book: OrderBook;
  /** What each row of the wave traded, signed units and their signed value. */
  readonly rows: ReadonlyMap<number, Account>;
  readonly estates: number;
  /** Net signed flow of the day so far. */
  readonly cumulative: number;
  /** Sign of an order at any price that found nobody; 0 where all did. */
  readonly stuck: number;
}

/** A floor while it trades. */
interface Trading {
  readonly floor: Floor;
  readonly book: OrderBook;
  readonly rows: Map<number, Account>;
  /** Rows whose orders rest, by handle. */
  readonly resting: Map<number, { readonly row: number; readonly side: Side }>;
  /** Live quotes of each maker. */
  readonly quotes: number[][];
  /** Resting orders of noise traders. */
  readonly noise: number[];
  cumulative: number;
  stuck: number;
}

interface Happening {
  readonly time: number;
  readonly tie: number;
  readonly act: (trading: Trading) => void;
}

/** Lets everything happen that happens in a wave, in the order of arrival. */
export function tradeThrough(floor: Floor): Traded {
  const { terms, session, asset, grid } = floor;
  const trading: Trading = {
    floor,
    book: orderBook({ ticks: grid.size, selfTrade: terms.selfTrade }),
    rows: new Map(),
    resting: new Map(),
    quotes: Array.from({ length: terms.makers }, () => []),
    noise: [],
    cumulative: session.cumulative[asset]!,
    stuck: 0,
  };
  const { seed, day } = session.own as Own;
  const draws = openStream(streamKey(seed, 'floor', session.assets[asset]!.id), day, floor.wave.wave);
  const everything = [...quoting(terms, draws), ...noisy(floor, draws), ...floor.arrivals.map(arriving)];
  everything.sort((a, b) => a.time - b.time || a.tie - b.tie);
  for (const { act } of everything) act(trading);
  for (let maker = 0; maker < terms.makers; maker++) requote(trading, maker, 0);
  const estates = trading.rows.get(ESTATES)?.units ?? 0;
  trading.rows.delete(ESTATES);
  return {
    book: trading.book,
    rows: trading.rows,
    estates,
    cumulative: trading.cumulative,
    stuck: trading.stuck,
  };
}

/** The place half-way between the best quotes; the end of the grid where one side has none. */
export function midPlace({ bestBid, bestAsk, ticks }: OrderBook): number {
  if (bestBid < 0) return 0;
  return bestAsk >= ticks ? ticks - 1 : (bestBid + bestAsk) / 2;
}

/** Makers quote before anybody comes, and again and again, each with its own delay and a place of its own. */
const quoting = ({ makers, requotes, jitter }: Terms, draws: Stream): Happening[] =>
  Array.from({ length: makers * requotes }, (_, at) => {
    const maker = at % makers;
    const turn = Math.floor(at / makers);
    const time = turn === 0 ? -1 : turn / requotes + jitter * draws.exponential();
    const outward = draws.integer(3);
    return { time, tie: draws.uniform(), act: (trading) => requote(trading, maker, outward) };
  });

/** Takes a maker's quotes out and puts new ones around where the flow so far has moved the curve; they never cross. */
function requote(trading: Trading, maker: number, outward: number): void {
  const { book, floor } = trading;
  const { terms, session, asset, grid } = floor;
  for (const handle of trading.quotes[maker]!) cancelOrder(book, handle);
  const now = { ...session, cumulative: session.cumulative.slice() };
  now.cumulative[asset] = trading.cumulative;
  const value = session.start.fundamental[asset]!;
  const half = session.assets[asset]!.halfSpread;
  const owner = (session.own as Own).institutions.length + maker;
  const quote = (side: Side, displacement: number, units: number): number => {
    const price = exp(value + displacement) * (1 - side * half);
    const place = side > 0 ? placeBelow(grid, price) - outward : placeAbove(grid, price) + outward;
    const passive = side > 0 ? Math.min(place, book.bestAsk - 1) : Math.max(place, book.bestBid + 1);
    if (passive < 0 || passive >= grid.size) return 0;
    return limitOrder(book, side, passive, units / terms.makers, owner);
  };
  trading.quotes[maker] = ([1, -1] as const).flatMap((side) =>
    ladder(now, (session.own as Own).curves[asset]!, asset, side, terms.rungs).map(
      ({ displacement, units }) => quote(side, displacement, units),
    ),
  );
}

/** A slice comes to the book: up to its limit, where what is left rests; or at any price. */
const arriving = ({ time, tie, row, units }: Arrival): Happening => ({
  time,
  tie,
  act(trading) {
    const { book, floor } = trading;
    const side: Side = units > 0 ? 1 : -1;
    const owner = row === ESTATES ? estatesOwner(floor) : floor.wave.orders.institution[row]!;
    const limit = limitPlace(floor, side, row);
    if (limit === undefined) {
      const left = marketOrder(book, side, Math.abs(units), owner);
      if (left > 1e-9 * Math.abs(units)) trading.stuck = side;
    } else {
      const handle = limitOrder(book, side, limit, Math.abs(units), owner);
      if (handle !== 0) trading.resting.set(handle, { row, side });
    }
    settle(trading, side, row);
  },
});

const estatesOwner = ({ session, terms }: Floor): number =>
  (session.own as Own).institutions.length + terms.makers;

function limitPlace(
  { terms, session, asset, wave, grid }: Floor,
  side: Side,
  row: number,
): number | undefined {
  if (terms.limitDeviations === null || wave.wave > 0 || row === ESTATES) return undefined;
  const { fundamental, slow, fast } = session.prices;
  const width = side * terms.limitDeviations * session.assets[asset]!.dailyVolatility;
  const price = exp(fundamental[asset]! + slow[asset]! + fast[asset]! + width);
  return side > 0 ? placeBelow(grid, price) : placeAbove(grid, price);
}

/** Books what the last event traded, on both sides where both are of the wave. */
function settle(trading: Trading, side: Side, row: number | undefined): void {
  const { book, floor } = trading;
  const { count, maker, tick, quantity } = book.fills;
  for (let f = 0; f < count; f++) {
    const price = priceAt(floor.grid, tick[f]!);
    if (row !== undefined) account(trading, row, side * quantity[f]!, price);
    const met = trading.resting.get(maker[f]!);
    if (met !== undefined) account(trading, met.row, met.side * quantity[f]!, price);
  }
}

function account(trading: Trading, row: number, units: number, price: number): void {
  const own = trading.rows.get(row) ?? { units: 0, value: 0 };
  own.units += units;
  own.value += units * price;
  trading.rows.set(row, own);
  trading.cumulative += units;
}

/** Noise traders there are; each has its own orders, which self-trade prevention keeps from meeting. */
const NOISE_TRADERS = 4;
/** Shares of limit orders and of cancellations; the rest are orders at any price. */
const LIMIT_SHARE = 0.6;
const CANCEL_SHARE = 0.35;
/** Ticks from the best price within which noise traders place their limits. */
const NOISE_TICKS = 10;

/** Orders of noise traders on the day's first wave: they come at any time, on any side, and move no price for long. */
function noisy({ terms, session, wave, asset }: Floor, draws: Stream): Happening[] {
  if (wave.wave > 0) return [];
  const size = terms.noiseSize * session.assets[asset]!.advUnits;
  if (size === 0) return [];
  const first = (session.own as Own).institutions.length + terms.makers + 1;
  return Array.from({ length: draws.poisson(terms.noiseOrders) }, () => {
    const side: Side = draws.uniform() < 0.5 ? 1 : -1;
    const kind = draws.uniform();
    const units = size * draws.exponential();
    const owner = first + draws.integer(NOISE_TRADERS);
    const away = draws.integer(NOISE_TICKS);
    const which = draws.uniform();
    const act = (trading: Trading): void => {
      if (kind < LIMIT_SHARE) noiseLimit(trading, side, away, units, owner);
      else if (kind < LIMIT_SHARE + CANCEL_SHARE) noiseCancel(trading, which);
      else {
        marketOrder(trading.book, side, units, owner);
        settle(trading, side, undefined);
      }
    };
    return { time: draws.uniform(), tie: draws.uniform(), act };
  });
}

function noiseLimit(trading: Trading, side: Side, away: number, units: number, owner: number): void {
  const { book } = trading;
  const best = side > 0 ? book.bestBid : book.bestAsk;
  const place = Math.min(book.ticks - 1, Math.max(0, best - side * (away - 1)));
  const handle = limitOrder(book, side, place, units, owner);
  if (handle !== 0) trading.noise.push(handle);
  settle(trading, side, undefined);
}

function noiseCancel({ book, noise }: Trading, which: number): void {
  const at = Math.floor(which * noise.length);
  const [handle] = noise.splice(at, 1);
  if (handle !== undefined) cancelOrder(book, handle);
}
