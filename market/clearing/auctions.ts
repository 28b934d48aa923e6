import { z } from 'zod';
import { exp, log } from '../../core/numeric.js';
import { openStream, streamKey } from '../../core/random.js';
import { field, positive } from '../../core/scenario/field.js';
import { callAuction, type AuctionOrders } from './call-auction.js';
import type { ImpactCurve } from './impact-path.js';
import { ladder, placeAbove, placeBelow, placeNearest, priceAt, tickGrid, type TickGrid } from './ladder.js';
import { limitReason, type Cleared, type Mechanism, type Session, type Wave } from './mechanism.js';
import { movedTo, openOutside, outsideBook, type OutsideBook } from './outside-book.js';
import { whole } from './ration.js';
import { byLot, proRata, type Rationing } from './rationing.js';

const options = z.strictObject({
  ...outsideBook,
  tickBps: field(positive.max(100).default(1), 'Size of a tick.', 'basis points of the opening price'),
  rungs: field(
    z.int().min(1).max(2000).default(200),
    'Prices at which the outside book has orders, on each side.',
    'count',
  ),
  limitDeviations: field(
    positive.nullable().default(5),
    'How far beyond the last price institutions’ limits are; null: they trade at any price. Forced sales always do.',
    'daily standard deviations',
  ),
  rationing: field(
    z.enum(['pro-rata', 'by-lot']).default('pro-rata'),
    'Who trades at the price where one side is too large: all in proportion, or one after another in a drawn order.',
    'name',
  ),
});

interface Terms extends OutsideBook {
  readonly tickBps: number;
  readonly rungs: number;
  readonly limitDeviations: number | null;
  readonly rationing: 'pro-rata' | 'by-lot';
}

/** What an auctioned session keeps beside prices. */
interface Own {
  readonly curves: readonly ImpactCurve[];
  readonly seed: number;
  readonly day: number;
}

/** One call auction an asset and wave, between institutions and the outside book's orders. */
export const auctions: Mechanism = {
  summary:
    'A call auction for every wave of orders: all of it trades at the one price that maximises volume.',
  options,
  spread: 'in the price',
  open(chosen, opening): Session {
    const session = openOutside(chosen as unknown as Terms, opening);
    const own: Own = { curves: session.own, seed: opening.seed, day: opening.day };
    return { ...session, own };
  },
  clear(chosen, session, wave): Cleared {
    const terms = chosen as unknown as Terms;
    const { curves } = session.own as Own;
    const { assets, start, prices } = session;
    const filled = new Float64Array(wave.orders.units.length);
    const estates = new Float64Array(assets.length);
    const price = Float64Array.from(assets, (_, a) => standing(session, a));
    const cumulative = session.cumulative.slice();
    const halted = new Map(session.halted);
    assets.forEach((_, a) => {
      if (halted.has(a)) return;
      const met = meet(terms, session, wave, a);
      if (met === undefined) return;
      cumulative[a]! += distribute(met, wave, a, filled, estates);
      if (met.price !== undefined) price[a] = met.price;
      if (met.stuck !== undefined) halted.set(a, met.stuck);
    });
    const flow = cumulative.map((q, a) => q / assets[a]!.advUnits);
    const displacement = price.map((p, a) =>
      cumulative[a] === session.cumulative[a] && p === standing(session, a)
        ? prices.slow[a]! + prices.fast[a]!
        : log(p) - start.fundamental[a]!,
    );
    return {
      filled,
      estates,
      price,
      session: {
        ...session,
        cumulative,
        prices: movedTo(start, curves, flow, displacement),
        halted: halted.size === session.halted.size ? session.halted : halted,
      },
    };
  },
};

const standing = ({ prices }: Session, a: number): number =>
  exp(prices.fundamental[a]! + prices.slow[a]! + prices.fast[a]!);

/** How one asset's auction went. */
interface Met {
  /** Rows of the wave, and the estates' order after them; what each traded. */
  readonly rows: readonly number[];
  readonly traded: Float64Array;
  readonly price: number | undefined;
  /** Why the asset is halted: orders at any price found nobody. */
  readonly stuck: string | undefined;
}

/** The estates' order among the rows of a wave. */
const ESTATES = -1;

function meet(terms: Terms, session: Session, wave: Wave, a: number): Met | undefined {
  const k = session.assets.length;
  const { units } = wave.orders;
  const rows = Array.from(wave.orders.institution.keys()).filter((row) => units[row * k + a] !== 0);
  if (wave.estates[a] !== 0) rows.push(ESTATES);
  if (rows.length === 0) return undefined;
  const curve = (session.own as Own).curves[a]!;
  const grid = tickGrid(session, curve, a, terms.tickBps);
  const signed = rows.map((row) => (row === ESTATES ? wave.estates[a]! : units[row * k + a]!));
  const limits = rows.map((row, i) =>
    limitOf(terms, session, grid, a, signed[i]!, row === ESTATES || wave.wave > 0),
  );
  const orders = withLadder(terms, session, curve, grid, a, signed, limits);
  const result = callAuction(
    orders,
    placeNearest(grid, standing(session, a)),
    rationing(terms, session, wave, a),
  );
  const left = signed.findIndex(
    (q, i) => !Number.isFinite(limits[i]) && result.filled[i]! < Math.abs(q) * (1 - 1e-9),
  );
  return {
    rows,
    traded: Float64Array.from(signed, (q, i) => Math.sign(q) * result.filled[i]!),
    price: result.price === undefined ? undefined : priceAt(grid, result.price),
    stuck: left < 0 ? undefined : limitReason(signed[left]! < 0),
  };
}

/** Tick up to which an order trades. */
function limitOf(
  { limitDeviations }: Terms,
  session: Session,
  grid: TickGrid,
  a: number,
  units: number,
  atAnyPrice: boolean,
): number {
  if (limitDeviations === null || atAnyPrice) return units > 0 ? Infinity : -Infinity;
  const width = exp(limitDeviations * session.assets[a]!.dailyVolatility);
  const price = standing(session, a);
  return units > 0 ? placeBelow(grid, price * width) : placeAbove(grid, price / width);
}

function withLadder(
  { rungs }: Terms,
  session: Session,
  curve: ImpactCurve,
  grid: TickGrid,
  a: number,
  signed: readonly number[],
  limits: readonly number[],
): AuctionOrders {
  const value = session.start.fundamental[a]!;
  const [bids, asks] = ([1, -1] as const).map((side) => ladder(session, curve, a, side, rungs));
  const below = bids!.map((rung) => placeBelow(grid, exp(value + rung.displacement)));
  const above = asks!.map((rung) => placeAbove(grid, exp(value + rung.displacement)));
  return {
    side: [...signed.map(Math.sign), ...below.map(() => 1), ...above.map(() => -1)],
    limit: [...limits, ...below, ...above],
    quantity: [
      ...signed.map(Math.abs),
      ...bids!.map((rung) => rung.units),
      ...asks!.map((rung) => rung.units),
    ],
  };
}

function rationing({ rationing: name }: Terms, session: Session, { wave }: Wave, a: number): Rationing {
  if (name === 'pro-rata') return proRata;
  const { seed, day } = session.own as Own;
  const draws = openStream(streamKey(seed, 'auction-lot', session.assets[a]!.id), day, wave);
  return byLot((places) => draws.shuffle(places));
}

/** Writes what an auction traded into the wave's fills; gives the net flow. */
function distribute(
  { rows, traded }: Met,
  { orders }: Wave,
  a: number,
  filled: Float64Array,
  estates: Float64Array,
): number {
  const k = estates.length;
  let net = 0;
  rows.forEach((row, i) => {
    if (row === ESTATES) estates[a] = traded[i]!;
    else filled[row * k + a] = whole(traded[i]!, orders.units[row * k + a]!);
    net += traded[i]!;
  });
  return net;
}
