import type { Arrivals } from './arrivals.js';
import type { Terms } from './continuous.js';
import { priceAt, type TickGrid } from './ladder.js';
import type { Session, Wave } from './mechanism.js';
import type { OrderBook, Side } from './order-book.js';
import { holderOf, type Holders } from './holders.js';

/** One asset's book in one wave, and who comes to it. */
export interface Floor {
  readonly terms: Terms;
  readonly session: Session;
  readonly wave: Wave;
  readonly asset: number;
  readonly grid: TickGrid;
  readonly arrivals: Arrivals;
}

/** A floor while it trades. */
export interface Trading {
  readonly floor: Floor;
  readonly book: OrderBook;
  /** What each row of the wave has traded, signed units and their signed value. */
  readonly units: Float64Array;
  readonly value: Float64Array;
  /** Rows whose orders rest. */
  readonly holders: Holders;
  /** Net signed flow of the day so far. */
  cumulative: number;
  /** Sign of an order at any price that found nobody; 0 where all did. */
  stuck: number;
}

/** A kind of event on the floor: when each of them happens, ties broken by a drawn number, and what it does. */
export interface Happenings {
  readonly time: ArrayLike<number>;
  readonly tie: ArrayLike<number>;
  /** Lets the n-th of them happen. */
  readonly act: (trading: Trading, n: number) => void;
}

/** Books what the last event traded: for the row that came, if it is of the wave, and for those whose orders it met. */
export function settle(trading: Trading, side: Side, row: number | undefined): void {
  const { book, floor, holders } = trading;
  const { count, maker, tick, quantity } = book.fills;
  for (let f = 0; f < count; f++) {
    const price = priceAt(floor.grid, tick[f]!);
    if (row !== undefined) account(trading, row, side * quantity[f]!, price);
    const met = holderOf(holders, maker[f]!);
    if (met >= 0) account(trading, met, -side * quantity[f]!, price);
  }
}

function account(trading: Trading, row: number, units: number, price: number): void {
  trading.units[row]! += units;
  trading.value[row]! += units * price;
  trading.cumulative += units;
}
