import { log } from '../numeric.js';
import { renyiDivergence } from './renyi.js';

/** Orders at which spending is tracked: 1.1 to 10.9 by tenths, 12 to 63. */
export const defaultOrders: readonly number[] = [
  ...Array.from({ length: 99 }, (_, k) => (k + 11) / 10),
  ...Array.from({ length: 52 }, (_, k) => k + 12),
];

/** One kind of private round, so many times. */
export interface PrivateRounds {
  readonly noiseMultiplier: number;
  readonly sampleRate: number;
  readonly rounds: number;
}

/** What private rounds spend, at each order; spending adds up over rounds of any kind. */
export const spending = (orders: readonly number[], spent: PrivateRounds): Float64Array =>
  Float64Array.from(
    orders,
    (order) => spent.rounds * renyiDivergence(order, spent.sampleRate, spent.noiseMultiplier),
  );

export const addSpending = (a: Float64Array, b: Float64Array): Float64Array =>
  a.map((value, i) => value + b[i]!);

export interface Guarantee {
  readonly epsilon: number;
  /** The order at which the bound is tightest. */
  readonly order: number;
}

/** The (ε, δ) guarantee that Rényi spending amounts to.
 * @formula ε = min_α RDP_α + ln((α−1)/α) − (ln δ + ln α)/(α−1), at least 0
 * @shape   orders and spending (k)
 * @range   ε ≥ 0
 * @source  Balle et al. 2020, AISTATS (arXiv 1905.09982); Canonne, Kamath & Steinke 2020
 * @pitfall Mironov's older conversion, RDP − ln δ/(α−1), is looser: 8.07 where this gives 7.33
 */
export function guarantee(orders: readonly number[], spent: ArrayLike<number>, delta: number): Guarantee {
  const bounds = orders.map(
    (order, i) => spent[i]! + log((order - 1) / order) - (log(delta) + log(order)) / (order - 1),
  );
  const best = bounds.indexOf(Math.min(...bounds));
  return { epsilon: Math.max(0, bounds[best]!), order: orders[best]! };
}

/** Whether `next` can be spent on top of `spent` without exceeding a budget. */
export const affordable = (
  orders: readonly number[],
  spent: Float64Array,
  next: Float64Array,
  budget: { readonly epsilon: number; readonly delta: number },
): boolean => guarantee(orders, addSpending(spent, next), budget.delta).epsilon <= budget.epsilon;
