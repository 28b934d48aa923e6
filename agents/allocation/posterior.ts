import { inverse, matrixVector, multiply, transpose } from '../../core/linear.js';

/** Views on v portfolios of k assets. */
export interface Views {
  /** P (v,k), row-major. */
  readonly portfolios: Float64Array;
  /** Q (v). */
  readonly returns: Float64Array;
  /** Diagonal of Ω (v): variance of each view's error. */
  readonly errors: Float64Array;
}

/** Normal updating of a mean with prior variance τΣ by views with independent errors.
 * @formula μ = π + K(Q − Pπ), M = τΣ − KPτΣ, K = τΣP′(PτΣP′ + Ω)⁻¹
 * @shape   Σ (k,k), π (k); mean (k), covariance M (k,k) of the mean
 * @source  He & Litterman 1999, SSRN 334304
 * @pitfall written with Ω rather than its inverse, so that a view may be certain (an error of 0)
 */
export function posteriorOf(
  covariance: Float64Array,
  prior: Float64Array,
  tau: number,
  { portfolios, returns, errors }: Views,
): { mean: Float64Array; covariance: Float64Array } {
  const k = prior.length;
  const v = returns.length;
  const uncertainty = covariance.map((value) => tau * value);
  if (v === 0) return { mean: prior, covariance: uncertainty };
  const shared = multiply(uncertainty, transpose(portfolios, v, k), k, k, v);
  const spread = multiply(portfolios, shared, v, k, v);
  for (let i = 0; i < v; i++) spread[i * v + i]! += errors[i]!;
  const gain = multiply(shared, inverse(spread, v), k, v, v);
  const surprise = matrixVector(portfolios, prior, v, k).map((value, i) => returns[i]! - value);
  const correction = matrixVector(gain, surprise, k, v);
  const learned = multiply(gain, transpose(shared, k, v), k, v, k);
  return {
    mean: prior.map((value, i) => value + correction[i]!),
    covariance: uncertainty.map((value, at) => value - learned[at]!),
  };
}
