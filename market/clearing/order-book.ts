import { Field, handleOf, orderPool, releaseSlot, slotOf, takeSlot, type OrderPool } from './order-pool.js';
import { Meeting, selfTradePolicies, type SelfTradePolicy } from './self-trade.js';
import { atOrAbove, atOrBelow, insert, remove, tickSet, type TickSet } from './tick-set.js';

export type Side = 1 | -1;
export const buy: Side = 1;
export const sell: Side = -1;

/** An owner that is nobody's: such orders never meet themselves. */
export const anonymous = -1;

/** What the last event traded, in order: who rested (its handle), at which tick, how much. */
export interface Fills {
  count: number;
  maker: Float64Array;
  tick: Float64Array;
  quantity: Float64Array;
}

/** Limit order book of a continuous double auction, on whole ticks from 0 to ticks − 1. */
export interface OrderBook {
  readonly ticks: number;
  readonly whenOwn: number;
  readonly orders: OrderPool;
  /** Oldest and newest slot of each tick, −1 where nothing rests. */
  readonly head: Int32Array;
  readonly tail: Int32Array;
  readonly occupied: TickSet;
  /** Best tick of each side: −1 without bids, `ticks` without asks. */
  bestBid: number;
  bestAsk: number;
  readonly fills: Fills;
}

export interface OrderBookOptions {
  readonly ticks: number;
  readonly selfTrade?: SelfTradePolicy;
}

const emptyFills = (size: number): Fills => ({
  count: 0,
  maker: new Float64Array(size),
  tick: new Float64Array(size),
  quantity: new Float64Array(size),
});

export const orderBook = ({ ticks, selfTrade = 'allow' }: OrderBookOptions): OrderBook => ({
  ticks,
  whenOwn: selfTradePolicies[selfTrade],
  orders: orderPool(1024),
  head: new Int32Array(ticks).fill(-1),
  tail: new Int32Array(ticks).fill(-1),
  occupied: tickSet(ticks),
  bestBid: -1,
  bestAsk: ticks,
  fills: emptyFills(64),
});

function widenFills(fills: Fills): void {
  for (const column of ['maker', 'tick', 'quantity'] as const) {
    const wider = new Float64Array(fills.count * 2);
    wider.set(fills[column]);
    fills[column] = wider;
  }
}

function recordFill({ fills, orders }: OrderBook, slot: number, tick: number, quantity: number): void {
  const place = fills.count;
  if (place === fills.maker.length) widenFills(fills);
  fills.maker[place] = handleOf(orders, slot);
  fills.tick[place] = tick;
  fills.quantity[place] = quantity;
  fills.count = place + 1;
}

/** A level has become empty: the best price moves on if it was the best. */
function closeLevel(book: OrderBook, tick: number): void {
  remove(book.occupied, tick);
  if (tick === book.bestAsk) book.bestAsk = atOrAbove(book.occupied, tick);
  else if (tick === book.bestBid) book.bestBid = atOrBelow(book.occupied, tick);
}

function unlink(book: OrderBook, slot: number): void {
  const { words } = book.orders;
  const at = slot << 3;
  const tick = words[at + Field.tick]!;
  const before = words[at + Field.previous]!;
  const after = words[at + Field.next]!;
  if (before < 0) book.head[tick] = after;
  else words[(before << 3) + Field.next] = after;
  if (after < 0) book.tail[tick] = before;
  else words[(after << 3) + Field.previous] = before;
  releaseSlot(book.orders, slot);
  if (before < 0 && after < 0) closeLevel(book, tick);
}

/** Queues an order behind all others at its tick and gives its handle. */
function rest(book: OrderBook, side: Side, tick: number, quantity: number, owner: number): number {
  const slot = takeSlot(book.orders);
  const { words, quantities } = book.orders;
  const at = slot << 3;
  const last = book.tail[tick]!;
  words[at + Field.tick] = tick;
  words[at + Field.side] = side;
  words[at + Field.owner] = owner;
  words[at + Field.previous] = last;
  words[at + Field.next] = -1;
  quantities[(slot << 2) + 3] = quantity;
  book.tail[tick] = slot;
  if (last >= 0) words[(last << 3) + Field.next] = slot;
  else openLevel(book, side, tick, slot);
  return handleOf(book.orders, slot);
}

function openLevel(book: OrderBook, side: Side, tick: number, slot: number): void {
  book.head[tick] = slot;
  insert(book.occupied, tick);
  if (side > 0) book.bestBid = Math.max(book.bestBid, tick);
  else book.bestAsk = Math.min(book.bestAsk, tick);
}

/** What an incoming order does with the resting order it meets. */
const meeting = (book: OrderBook, slot: number, owner: number): number =>
  owner !== anonymous && book.orders.words[(slot << 3) + Field.owner] === owner
    ? book.whenOwn
    : Meeting.trade;

/** Trades against the other side while its best price is within the limit; gives what is left. */
function match(book: OrderBook, side: Side, limit: number, quantity: number, owner: number): number {
  let left = quantity;
  while (left > 0) {
    const best = side > 0 ? book.bestAsk : book.bestBid;
    if (side > 0 ? best > limit : best < limit) return left;
    const slot = book.head[best]!;
    const met = meeting(book, slot, owner);
    if (met === Meeting.stopIncoming) return 0;
    if (met === Meeting.trade) {
      const { quantities } = book.orders;
      const there = quantities[(slot << 2) + 3]!;
      recordFill(book, slot, best, Math.min(left, there));
      if (there > left) {
        quantities[(slot << 2) + 3] = there - left;
        return 0;
      }
      left -= there;
    }
    unlink(book, slot);
  }
  return left;
}

/** Limit order: trades what it can at its limit or better, each at the resting order's price, and rests with the remainder.
 * @formula best price first, then oldest first
 * @range   the handle of what rests, 0 where nothing does; trades are in `book.fills`
 * @pitfall the tick must lie in 0..ticks − 1 and the quantity be positive: callers check once, at the door
 */
export function limitOrder(
  book: OrderBook,
  side: Side,
  tick: number,
  quantity: number,
  owner = anonymous,
): number {
  book.fills.count = 0;
  const left = match(book, side, tick, quantity, owner);
  return left > 0 ? rest(book, side, tick, left, owner) : 0;
}

/** Market order: trades at any price; gives the quantity that found no counterpart, which is discarded. */
export function marketOrder(book: OrderBook, side: Side, quantity: number, owner = anonymous): number {
  book.fills.count = 0;
  return match(book, side, side > 0 ? book.ticks - 1 : 0, quantity, owner);
}

/** Takes an order out; false where it has already traded or been cancelled. */
export function cancelOrder(book: OrderBook, handle: number): boolean {
  book.fills.count = 0;
  const slot = slotOf(book.orders, handle);
  if (slot >= 0) unlink(book, slot);
  return slot >= 0;
}

/** Changes an order's tick and remaining quantity; gives its handle from now on, 0 where nothing rests.
 *
 * A smaller quantity at the same tick keeps its place in the queue. Another tick or a larger quantity goes to the end
 * of its queue, and trades first if it now crosses. An order that is gone stays gone.
 */
export function replaceOrder(book: OrderBook, handle: number, tick: number, quantity: number): number {
  book.fills.count = 0;
  const slot = slotOf(book.orders, handle);
  if (slot < 0) return 0;
  const { words, quantities } = book.orders;
  const at = slot << 3;
  if (tick === words[at + Field.tick] && quantity <= quantities[(slot << 2) + 3]!) {
    quantities[(slot << 2) + 3] = quantity;
    return handle;
  }
  const [side, owner] = [words[at + Field.side] as Side, words[at + Field.owner]!];
  unlink(book, slot);
  return limitOrder(book, side, tick, quantity, owner);
}

/** An order at rest. */
export interface Resting {
  readonly handle: number;
  readonly tick: number;
  readonly quantity: number;
  readonly owner: number;
}

const nextBest: Record<Side, (book: OrderBook, tick: number) => number> = {
  [buy]: (book, tick) => atOrBelow(book.occupied, tick),
  [sell]: (book, tick) => atOrAbove(book.occupied, tick),
};

/** One side of the book: best price first, then oldest first. */
export function restingOrders(book: OrderBook, side: Side): Resting[] {
  const found: Resting[] = [];
  const { words, quantities } = book.orders;
  let tick = side > 0 ? book.bestBid : book.bestAsk;
  while (tick >= 0 && tick < book.ticks) {
    for (let slot = book.head[tick]!; slot >= 0; slot = words[(slot << 3) + Field.next]!)
      found.push({
        handle: handleOf(book.orders, slot),
        tick,
        quantity: quantities[(slot << 2) + 3]!,
        owner: words[(slot << 3) + Field.owner]!,
      });
    tick = nextBest[side](book, tick - side);
  }
  return found;
}
