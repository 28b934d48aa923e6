import type { Rationing } from './rationing.js';

/** Orders of one auction, column by column. */
export interface AuctionOrders {
  /** 1 buys, −1 sells. */
  readonly side: ArrayLike<number>;
  /** Limits in whole ticks; +∞ for a market order to buy, −∞ for one to sell. */
  readonly limit: ArrayLike<number>;
  readonly quantity: ArrayLike<number>;
}

export interface AuctionResult {
  /** In ticks; absent where nothing can trade. */
  readonly price?: number;
  readonly volume: number;
  /** What each order trades. */
  readonly filled: Float64Array;
}

interface Candidate {
  readonly price: number;
  readonly volume: number;
  /** Demand minus supply at the price. */
  readonly surplus: number;
}

/** What one side is willing to trade at any price: limits from the most eager on, and quantities summed up to each. */
interface Schedule {
  readonly side: number;
  /** Order numbers, most eager first. */
  readonly order: Int32Array;
  readonly limit: Float64Array;
  readonly cumulative: Float64Array;
}

function scheduleOf(orders: AuctionOrders, side: number): Schedule {
  const all = Int32Array.from(orders.quantity, (_, i) => i);
  const order = all
    .filter((i) => orders.side[i] === side)
    .sort((a, b) =>
      orders.limit[a] === orders.limit[b] ? a - b : orders.limit[a]! < orders.limit[b]! ? side : -side,
    );
  let sum = 0;
  const cumulative = Float64Array.from(order, (i) => (sum += orders.quantity[i]!));
  return { side, order, limit: Float64Array.from(order, (i) => orders.limit[i]!), cumulative };
}

/** How many of the most eager orders would trade at a price. */
function eligible({ side, limit }: Schedule, price: number): number {
  let [low, high] = [0, limit.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((limit[middle]! - price) * side >= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

const willing = (schedule: Schedule, price: number): number => {
  const count = eligible(schedule, price);
  return count === 0 ? 0 : schedule.cumulative[count - 1]!;
};

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value));

/** Prices worth looking at: every limit, and between and beyond limits the tick nearest to the reference. */
function candidatePrices(orders: AuctionOrders, reference: number): number[] {
  const limits = [...new Set(Array.from(orders.limit).filter(Number.isFinite))].sort((a, b) => a - b);
  const between = limits.slice(1).flatMap((high, i) => {
    const [from, to] = [limits[i]! + 1, high - 1];
    return from <= to ? [clamp(reference, from, to)] : [];
  });
  return [...new Set([...limits, ...between, reference])];
}

/** Largest volume, then smallest surplus, then nearest to the reference, then lowest price. */
const better = (a: Candidate, b: Candidate, reference: number): number =>
  b.volume - a.volume ||
  Math.abs(a.surplus) - Math.abs(b.surplus) ||
  Math.abs(a.price - reference) - Math.abs(b.price - reference) ||
  a.price - b.price;

function bestPrice(orders: AuctionOrders, buys: Schedule, sells: Schedule, reference: number): Candidate {
  const candidates = candidatePrices(orders, reference).map((price) => {
    const [demand, supply] = [willing(buys, price), willing(sells, price)];
    return { price, volume: Math.min(demand, supply), surplus: demand - supply };
  });
  return candidates.reduce((best, other) => (better(other, best, reference) < 0 ? other : best));
}

/** Fills one side level by level from the most eager; the level where it runs out is rationed. */
function fillSide(
  { quantity }: AuctionOrders,
  schedule: Schedule,
  { price, volume }: Candidate,
  ration: Rationing,
  filled: Float64Array,
): void {
  const { order, limit } = schedule;
  const count = eligible(schedule, price);
  let left = volume;
  for (let from = 0, to = 0; from < count && left > 0; from = to) {
    while (to < count && limit[to] === limit[from]) to++;
    const members = Array.from(order.subarray(from, to));
    const wanted = members.map((i) => quantity[i]!);
    const total = wanted.reduce((sum, units) => sum + units, 0);
    const given = total <= left ? wanted : ration(wanted, left);
    members.forEach((i, k) => (filled[i] = given[k]!));
    left = Math.max(0, left - total);
  }
}

/** Call auction: all orders meet at one price.
 * @formula price maximises min(demand, supply); ties: least |demand − supply|, nearest to the reference, lowest
 * @shape   n orders; filled (n)
 * @range   volume ≥ 0; 0 ≤ filled ≤ quantity; bought = sold = volume
 * @source  Domowitz & Madhavan 2001, in Schwartz, The Electronic Call Auction
 * @pitfall the best price can lie between two limits: with buyers at 102 and sellers at 98 any tick clears
 */
export function callAuction(orders: AuctionOrders, reference: number, ration: Rationing): AuctionResult {
  const filled = new Float64Array(orders.quantity.length);
  const [buys, sells] = [scheduleOf(orders, 1), scheduleOf(orders, -1)];
  const best = bestPrice(orders, buys, sells, reference);
  if (best.volume === 0) return { volume: 0, filled };
  for (const schedule of [buys, sells]) fillSide(orders, schedule, best, ration, filled);
  return { price: best.price, volume: best.volume, filled };
}
