import { z } from 'zod';
import { exp, log } from '../../core/numeric.js';
import { field, nonNegative, positive } from '../../core/scenario/field.js';
import { arrivalsOf, estatesRow, type Arrivals } from './arrivals.js';
import type { Trading } from './floor.js';
import type { ImpactCurve } from './impact-path.js';
import { priceAt, tickGrid } from './ladder.js';
import { limitReason, type Cleared, type Mechanism, type Session, type Wave } from './mechanism.js';
import { movedTo, openOutside, outsideBook, type OutsideBook } from './outside-book.js';
import { whole } from './ration.js';
import { selfTradePolicies, type SelfTradePolicy } from './self-trade.js';
import { midPlace, tradeThrough } from './trading-floor.js';

const options = z.strictObject({
  ...outsideBook,
  tickBps: field(positive.max(100).default(1), 'Size of a tick.', 'basis points of the opening price'),
  makers: field(z.int().min(1).max(100).default(3), 'Market makers that quote in every asset.', 'count'),
  rungs: field(z.int().min(1).max(500).default(15), 'Prices at which each quotes, on each side.', 'count'),
  requotes: field(
    z.int().min(1).max(100).default(4),
    'Times a wave at which makers renew their quotes around what has traded.',
    'count',
  ),
  slices: field(z.int().min(1).max(100).default(3), 'Orders into which every order is cut.', 'count'),
  limitDeviations: field(
    positive.nullable().default(5),
    'How far beyond the last price institutions’ limits are; null: they trade at any price. Forced sales always do.',
    'daily standard deviations',
  ),
  tierDelay: field(
    nonNegative.max(1).default(0.02),
    'By how much later the orders of each further latency tier arrive.',
    'share of the wave',
  ),
  jitter: field(
    nonNegative.max(1).default(0.02),
    'Mean of the exponential delay that is added to every arrival.',
    'share of the wave',
  ),
  noiseOrders: field(
    nonNegative.max(10_000).default(20),
    'Mean number of noise traders’ orders a day and asset: six of ten limit, some cancel, one in twenty at any price.',
    'count per day',
  ),
  noiseSize: field(
    nonNegative.max(1).default(0.001),
    'Mean size of such an order.',
    'share of average daily volume',
  ),
  selfTrade: field(
    z
      .enum(Object.keys(selfTradePolicies) as [SelfTradePolicy, ...SelfTradePolicy[]])
      .default('cancel-resting'),
    'What happens where buyer and seller have one owner.',
    'name',
  ),
});

/** What a scenario sets for the order book. */
export interface Terms extends OutsideBook {
  readonly tickBps: number;
  readonly makers: number;
  readonly rungs: number;
  readonly requotes: number;
  readonly slices: number;
  readonly limitDeviations: number | null;
  readonly tierDelay: number;
  readonly jitter: number;
  readonly noiseOrders: number;
  readonly noiseSize: number;
  readonly selfTrade: SelfTradePolicy;
}

/** What a session of the order book keeps beside prices. */
export interface Own {
  readonly curves: readonly ImpactCurve[];
  readonly seed: number;
  readonly day: number;
  readonly institutions: readonly { readonly id: string; readonly latencyTier: number }[];
}

/** A continuous double auction an asset: orders meet one by one, as they arrive, at the prices of those that rest. */
export const continuous: Mechanism = {
  summary:
    'A limit order book: sliced orders arrive by latency tier and jitter and meet market makers’ quotes.',
  options,
  spread: 'in the price',
  open(chosen, opening): Session {
    const session = openOutside(chosen as unknown as Terms, opening);
    const { seed, day, institutions } = opening;
    return { ...session, own: { curves: session.own, seed, day, institutions } satisfies Own };
  },
  clear(chosen, session, wave): Cleared {
    const terms = chosen as unknown as Terms;
    const { assets } = session;
    const { curves } = session.own as Own;
    const tape = emptyTape(session, wave);
    arrivalsOf(terms, session, wave).forEach((arrivals, a) =>
      tradeAsset(terms, session, wave, a, arrivals, tape),
    );
    const flow = tape.cumulative.map((q, a) => q / assets[a]!.advUnits);
    return {
      filled: tape.filled,
      estates: tape.estates,
      price: tape.price,
      session: {
        ...session,
        cumulative: tape.cumulative,
        prices: movedTo(session.start, curves, flow, tape.displacement),
        halted: tape.halted.size === session.halted.size ? session.halted : tape.halted,
      },
    };
  },
};

/** What a wave comes to, asset by asset. */
interface Tape {
  readonly filled: Float64Array;
  readonly estates: Float64Array;
  readonly price: Float64Array;
  readonly cumulative: Float64Array;
  readonly displacement: Float64Array;
  readonly halted: Map<number, string>;
}

function emptyTape(session: Session, { orders }: Wave): Tape {
  const { assets, prices, cumulative, halted } = session;
  const k = assets.length;
  const displacement = prices.slow.map((m, a) => m + prices.fast[a]!);
  const standing = displacement.map((y, a) => exp(prices.fundamental[a]! + y));
  return {
    filled: new Float64Array(orders.units.length),
    estates: new Float64Array(k),
    price: Float64Array.from({ length: Math.max(k, orders.units.length) }, (_, at) => standing[at % k]!),
    cumulative: cumulative.slice(),
    displacement,
    halted: new Map(halted),
  };
}

function tradeAsset(
  terms: Terms,
  session: Session,
  wave: Wave,
  a: number,
  arrivals: Arrivals,
  tape: Tape,
): void {
  if (tape.halted.has(a) || arrivals.time.length === 0) return;
  const grid = tickGrid(session, (session.own as Own).curves[a]!, a, terms.tickBps);
  const traded = tradeThrough({ terms, session, wave, asset: a, grid, arrivals });
  tape.cumulative[a] = traded.cumulative;
  tape.estates[a] = traded.units[estatesRow(wave)]!;
  fill(tape, wave, a, traded);
  const place = midPlace(traded.book);
  tape.displacement[a] = log(priceAt(grid, place)) - session.start.fundamental[a]!;
  if (traded.stuck !== 0) tape.halted.set(a, limitReason(traded.stuck < 0));
}

/** What every order of the wave has got of an asset, and at which mean price. */
function fill(tape: Tape, { orders, estates }: Wave, a: number, { units, value }: Trading): void {
  for (let row = 0, at = a; row < orders.institution.length; row++, at += estates.length) {
    if (units[row] === 0) continue;
    tape.filled[at] = whole(units[row]!, orders.units[at]!);
    tape.price[at] = value[row]! / units[row]!;
  }
}
