import { mean, quantile } from '../../../core/numeric.js';

/** Value at risk: a low quantile of returns, as a return (negative is a loss).
 * @formula type 7 quantile at q
 */
export const valueAtRisk = (returns: ArrayLike<number>, q: number): number => quantile(returns, q);

/** Mean of `returns` over the days on which `state` is at or below its own quantile. */
export function tailMean(returns: ArrayLike<number>, state: ArrayLike<number>, q: number): number {
  const threshold = quantile(state, q);
  return mean(Array.from(returns).filter((_, t) => state[t]! <= threshold));
}

/** Expected shortfall: the mean loss in the worst q of days, as a loss (positive).
 * @formula −mean(r | r ≤ quantile_q(r))
 * @range   ≥ −VaR
 * @source  Acerbi & Tasche 2002, Journal of Banking & Finance 26(7)
 * @pitfall at 1% of 750 days it is the mean of 8 days: give an interval
 */
export const expectedShortfall = (returns: ArrayLike<number>, q: number): number =>
  -tailMean(returns, returns, q);
