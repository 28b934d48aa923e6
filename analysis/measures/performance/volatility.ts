import { variance } from '../../../core/numeric.js';

/** Trading days in a year. */
const YEAR = 252;

/** Annualised volatility of daily returns.
 * @formula √(252 · Var(r)), Var with T − 1
 * @range   ≥ 0
 * @pitfall scaling by √252 assumes returns without autocorrelation
 */
export const annualVolatility = (returns: ArrayLike<number>): number =>
  Math.sqrt(YEAR * variance(returns, 1));
