import { matrixVector } from '../../core/linear.js';
import { dot } from '../../core/numeric.js';

/** w′Σw. */
export function portfolioVariance(weights: Float64Array, covariance: Float64Array): number {
  return dot(weights, matrixVector(covariance, weights, weights.length, weights.length));
}

/** Shares of variance that each holding brings, summing to 1; all 0 for a portfolio without risk.
 * @formula wᵢ(Σw)ᵢ / w′Σw
 */
export function riskShares(weights: Float64Array, covariance: Float64Array): Float64Array {
  const marginal = matrixVector(covariance, weights, weights.length, weights.length);
  const variance = dot(weights, marginal);
  return weights.map((weight, i) => (variance === 0 ? 0 : (weight * marginal[i]!) / variance));
}
