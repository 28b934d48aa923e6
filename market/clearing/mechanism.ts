import type { Extension } from '../../core/scenario/catalogue.js';
import type { Asset, Institution, Liquidity, Orders, Prices } from '../../core/types.js';

/** Log prices between which an asset trades on a day; one that comes to either is halted. */
export interface Limits {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** What a day's market opens with. */
export interface Opening {
  readonly seed: number;
  readonly day: number;
  readonly assets: readonly Asset[];
  readonly institutions: readonly Institution[];
  /** Yesterday's impact and today's fundamentals. */
  readonly prices: Prices;
  readonly liquidity: Liquidity;
  /** Largest move by trading, as the share that a fall takes off the price; null: none. */
  readonly dailyMove: number | null;
  /** Assets that do not trade today at all, with the reason. */
  readonly closed: ReadonlyMap<number, string>;
}

/** A day's market while it clears: where prices stand after the flow so far. */
export interface Session {
  readonly assets: readonly Asset[];
  /** Prices before any order of the day. */
  readonly start: Prices;
  /** Prices now. */
  readonly prices: Prices;
  /** Net signed flow of the day so far, units. */
  readonly cumulative: Float64Array;
  /** Depth factor in force. */
  readonly depth: Float64Array;
  readonly limits: Limits;
  /** Assets that no longer trade today, with the reason. */
  readonly halted: ReadonlyMap<number, string>;
  /** What the mechanism alone understands. */
  readonly own: unknown;
}

/** Orders that meet at one time. */
export interface Wave {
  readonly orders: Orders;
  /** 0: the day's orders; from 1: forced sales. */
  readonly wave: number;
  /** What the outside book sells of estates, signed units per asset: it moves prices but changes no book. */
  readonly estates: Float64Array;
}

/** What one wave of orders gets; what it does not get is left unfilled. */
export interface Cleared {
  /** Signed units of every order that were filled, as `Orders.units`. */
  readonly filled: Float64Array;
  /** Signed units filled of estates. */
  readonly estates: Float64Array;
  /** USD per unit: one price an asset for everybody, or one for each order, as `Orders.units`. */
  readonly price: Float64Array;
  readonly session: Session;
}

type Chosen = Readonly<Record<string, unknown>>;

/** How orders meet: an entry of the map `mechanisms`. */
export interface Mechanism extends Extension {
  /** Whether half the spread is charged on every fill, or fills are at prices that have it in them. */
  readonly spread: 'charged' | 'in the price';
  /** Opens a day. */
  readonly open: (chosen: Chosen, opening: Opening) => Session;
  /** Clears a wave; the session handed in is left as it was, so that a price can be asked for without trading. */
  readonly clear: (chosen: Chosen, session: Session, wave: Wave) => Cleared;
}

/** Net signed flow of orders and estates, units per asset. */
export function flowOf(units: Float64Array, estates: Float64Array): Float64Array {
  const net = estates.slice();
  const k = net.length;
  const fours = k - (k % 4);
  for (let a = 0; a < fours; a += 4) addFour(net, units, a, k);
  for (let a = fours; a < k; a++) for (let at = a; at < units.length; at += k) net[a]! += units[at]!;
  return net;
}

/** Adds the flow of four assets, side by side: one after another, each sum would wait for its last term. */
function addFour(net: Float64Array, units: Float64Array, a: number, k: number): void {
  let [first, second, third, fourth] = [net[a]!, net[a + 1]!, net[a + 2]!, net[a + 3]!];
  for (let at = a; at < units.length; at += k) {
    first += units[at]!;
    second += units[at + 1]!;
    third += units[at + 2]!;
    fourth += units[at + 3]!;
  }
  [net[a], net[a + 1], net[a + 2], net[a + 3]] = [first, second, third, fourth];
}

/** How far apart in `Cleared.price` the rows of two orders are: not at all where everybody pays one price. */
export const rowsOfPrices = (price: Float64Array, k: number): number => (price.length > k ? k : 0);

/** Why an asset that came to its limit is halted. */
export const limitReason = (falling: boolean): string =>
  falling ? 'fell by its daily limit' : 'rose by its daily limit';
