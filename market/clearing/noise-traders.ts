import type { Stream } from '../../core/random.js';
import type { Own } from './continuous.js';
import { settle, type Floor, type Happenings, type Trading } from './floor.js';
import { cancelOrder, limitOrder, marketOrder, type Side } from './order-book.js';

/** Noise traders there are; each has its own orders, which self-trade prevention keeps from meeting. */
const NOISE_TRADERS = 4;
/** Shares of limit orders and of cancellations; the rest are orders at any price. */
const LIMIT_SHARE = 0.6;
const CANCEL_SHARE = 0.35;
/** Ticks from the best price within which noise traders place their limits. */
const NOISE_TICKS = 10;

const nobody: Happenings = { time: [], tie: [], act: () => {} };

/** What a noise trader sends. */
interface NoiseOrder {
  readonly side: Side;
  readonly kind: number;
  readonly units: number;
  readonly owner: number;
  /** Ticks from the best price. */
  readonly away: number;
  /** Which of the orders at rest is cancelled, as a share of all. */
  readonly which: number;
  readonly time: number;
  readonly tie: number;
}

/** Orders of noise traders on the day's first wave: they come at any time, on any side, and move no price for long. */
export function noiseOf({ terms, session, wave, asset }: Floor, draws: Stream): Happenings {
  if (wave.wave > 0) return nobody;
  const size = terms.noiseSize * session.assets[asset]!.advUnits;
  if (size === 0) return nobody;
  const first = (session.own as Own).institutions.length + terms.makers + 1;
  const orders = Array.from({ length: draws.poisson(terms.noiseOrders) }, () =>
    drawOrder(size, first, draws),
  );
  const resting: number[] = [];
  return {
    time: orders.map(({ time }) => time),
    tie: orders.map(({ tie }) => tie),
    act: (trading, n) => act(trading, orders[n]!, resting),
  };
}

const drawOrder = (size: number, first: number, draws: Stream): NoiseOrder => ({
  side: draws.uniform() < 0.5 ? 1 : -1,
  kind: draws.uniform(),
  units: size * draws.exponential(),
  owner: first + draws.integer(NOISE_TRADERS),
  away: draws.integer(NOISE_TICKS),
  which: draws.uniform(),
  time: draws.uniform(),
  tie: draws.uniform(),
});

function act(trading: Trading, order: NoiseOrder, resting: number[]): void {
  const { side, kind, units, owner, which } = order;
  if (kind < LIMIT_SHARE) placeLimit(trading, order, resting);
  else if (kind < LIMIT_SHARE + CANCEL_SHARE) cancelOne(trading, which, resting);
  else {
    marketOrder(trading.book, side, units, owner);
    settle(trading, side, undefined);
  }
}

function placeLimit(trading: Trading, { side, away, units, owner }: NoiseOrder, resting: number[]): void {
  const { book } = trading;
  const best = side > 0 ? book.bestBid : book.bestAsk;
  const place = Math.min(book.ticks - 1, Math.max(0, best - side * (away - 1)));
  const handle = limitOrder(book, side, place, units, owner);
  if (handle !== 0) resting.push(handle);
  settle(trading, side, undefined);
}

function cancelOne({ book }: Trading, which: number, resting: number[]): void {
  const [handle] = resting.splice(Math.floor(which * resting.length), 1);
  if (handle !== undefined) cancelOrder(book, handle);
}
