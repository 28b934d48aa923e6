import { mean } from '../../../core/numeric.js';

export interface Moments {
  readonly mean: number;
  /** Population variance (1/T). */
  readonly variance: number;
  /** Biased: third central moment over variance^{3/2}. */
  readonly skewness: number;
  /** Biased: fourth central moment over variance², less 3. */
  readonly excessKurtosis: number;
}

/** The first four moments of a sample, by two passes.
 * @formula γ₁ = m₃/m₂^{3/2}; γ₂ = m₄/m₂² − 3; m_k = (1/T) Σ (x − x̄)^k
 * @range   γ₂ ≥ −2; NaN where the sample does not vary
 * @pitfall biased estimators: in small samples γ₂ is pulled towards 0
 */
export function moments(values: ArrayLike<number>): Moments {
  const centre = mean(values);
  let [second, third, fourth] = [0, 0, 0];
  for (let t = 0; t < values.length; t++) {
    const square = (values[t]! - centre) ** 2;
    second += square;
    third += square * (values[t]! - centre);
    fourth += square * square;
  }
  const variance = second / values.length;
  return {
    mean: centre,
    variance,
    skewness: third / values.length / (variance * Math.sqrt(variance)),
    excessKurtosis: fourth / values.length / variance ** 2 - 3,
  };
}

/** Sums over blocks of `horizon` values from the start, an incomplete last block dropped. */
export function aggregateReturns(returns: ArrayLike<number>, horizon: number): Float64Array {
  const blocks = new Float64Array(Math.floor(returns.length / horizon));
  for (let t = 0; t < blocks.length * horizon; t++) blocks[Math.floor(t / horizon)]! += returns[t]!;
  return blocks;
}
