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

function willing(orders: AuctionOrders, side: number, price: number): number {
  let total = 0;
  for (let i = 0; i < orders.quantity.length; i++)
    if (orders.side[i] === side && (orders.limit[i]! - price) * side >= 0) total += orders.quantity[i]!;
  return total;
}

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

function bestPrice(orders: AuctionOrders, reference: number): Candidate {
  const candidates = candidatePrices(orders, reference).map((price) => {
    const [demand, supply] = [willing(orders, 1, price), willing(orders, -1, price)];
    return { price, volume: Math.min(demand, supply), surplus: demand - supply };
  });
  return candidates.reduce((best, other) => (better(other, best, reference) < 0 ? other : best));
}

/** Fills one side level by level from the most eager; the level where it runs out is rationed. */
function fillSide(
  orders: AuctionOrders,
  side: number,
  { price, volume }: Candidate,
  ration: Rationing,
  filled: Float64Array,
): void {
  const eligible = Array.from({ length: orders.quantity.length }, (_, i) => i).filter(
    (i) => orders.side[i] === side && (orders.limit[i]! - price) * side >= 0,
  );
  const levels = [...new Set(eligible.map((i) => orders.limit[i]!))].sort((a, b) => (a < b ? side : -side));
  let left = volume;
  for (const level of levels) {
    const members = eligible.filter((i) => orders.limit[i] === level);
    const wanted = members.map((i) => orders.quantity[i]!);
    const total = wanted.reduce((sum, quantity) => sum + quantity, 0);
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
  const best = bestPrice(orders, reference);
  if (best.volume === 0) return { volume: 0, filled };
  for (const side of [1, -1]) fillSide(orders, side, best, ration, filled);
  return { price: best.price, volume: best.volume, filled };
}
