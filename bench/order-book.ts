// Events per second of the order book alone, one core: 60% limit, 35% cancel, 5% market orders. Processor time is what
// is counted, so that others at work on the machine do not show.
import {
  buy,
  cancelOrder,
  limitOrder,
  marketOrder,
  orderBook,
  restingOrders,
  sell,
  type OrderBook,
  type Side,
} from '../market/clearing/order-book.js';
import { sin } from '../core/numeric.js';
import { slotOf } from '../market/clearing/order-pool.js';
import type { Bench } from './figure.js';
import { stream, type Stream } from '../core/random.js';

const required = 10e6;
const events = 2_000_000;
const ticks = 4096;
/** Orders at rest around which the tape holds the book: market orders are drawn larger where there are more. */
const depth = 2000;

/** What happens, drawn beforehand so that only the book is timed. */
interface Tape {
  readonly kind: Uint8Array;
  readonly side: Int8Array;
  readonly tick: Int32Array;
  readonly quantity: Float64Array;
  /** Which earlier event's order is cancelled. */
  readonly target: Int32Array;
}

const [limit, cancel, market] = [0, 1, 2] as const;

const tapeOf = (length: number): Tape => ({
  kind: new Uint8Array(length),
  side: new Int8Array(length),
  tick: new Int32Array(length),
  quantity: new Float64Array(length),
  target: new Int32Array(length),
});

/** One event on the book: what is timed. */
function apply(book: OrderBook, tape: Tape, handles: Float64Array, k: number): void {
  const side = tape.side[k] as Side;
  if (tape.kind[k] === limit) handles[k] = limitOrder(book, side, tape.tick[k]!, tape.quantity[k]!);
  else if (tape.kind[k] === cancel) cancelOrder(book, handles[tape.target[k]!]!);
  else marketOrder(book, side, tape.quantity[k]!);
}

/** An event whose order still rests, drawn evenly; events whose orders are gone are forgotten on the way. */
function drawLive(numbers: Stream, live: number[], rests: (k: number) => boolean): number {
  while (live.length > 0) {
    const place = numbers.integer(live.length);
    const k = live[place]!;
    live[place] = live.at(-1)!;
    live.pop();
    if (rests(k)) return k;
  }
  return 0;
}

/** Limits lie within 64 ticks of a drifting mid, a few of them crossing; cancels hit orders that still rest. */
function draw(seed: number): Tape {
  const [numbers, tape, book] = [
    stream({ seed, purpose: 'bench-order-book' }),
    tapeOf(events),
    orderBook({ ticks }),
  ];
  const handles = new Float64Array(events);
  const live: number[] = [];
  for (let k = 0; k < events; k++) {
    const lot = numbers.integer(100);
    const mid = 2048 + Math.round(256 * sin((k * 2 * Math.PI) / events));
    tape.kind[k] = lot < 60 ? limit : lot < 95 ? cancel : market;
    tape.side[k] = numbers.integer(2) === 1 ? buy : sell;
    tape.tick[k] = mid - tape.side[k]! * (numbers.integer(64) - 1);
    tape.quantity[k] = (1 + numbers.integer(100)) * (lot < 95 ? 1 : (5 * live.length) / depth);
    if (tape.kind[k] === cancel)
      tape.target[k] = drawLive(numbers, live, (n) => slotOf(book.orders, handles[n]!) >= 0);
    apply(book, tape, handles, k);
    if (handles[k]! > 0) live.push(k);
  }
  return tape;
}

/** Plays the tape: events a second of the processor. */
function play(tape: Tape) {
  const book = orderBook({ ticks });
  const handles = new Float64Array(events);
  const start = process.cpuUsage();
  for (let k = 0; k < events; k++) apply(book, tape, handles, k);
  const perSecond = events / (process.cpuUsage(start).user / 1e6);
  return { perSecond, resting: restingOrders(book, buy).length + restingOrders(book, sell).length };
}

/** The order book alone, on one core. */
export const orderBookBench: Bench = () => {
  const tape = draw(1);
  const runs = Array.from({ length: 9 }, () => play(tape)).sort((a, b) => b.perSecond - a.perSecond);
  return [
    {
      what: '60/35/5 limit/cancel/market mix',
      value: runs[4]!.perSecond / 1e6,
      unit: 'M events/s',
      against: `processor time, median of 9; ${runs[0]!.resting} orders at rest at the end`,
      target: { atLeast: required / 1e6 },
    },
  ];
};
