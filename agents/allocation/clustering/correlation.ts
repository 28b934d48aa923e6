import { needVolatilities } from '../need.js';
import { StrategyFailed } from '../strategy-failed.js';
import type { View } from '../view.js';

/** The correlation that assets are clustered on: the view's own where it is given, else the covariance's. */
export function correlationOf(view: View): Float64Array {
  const k = view.permitted.length;
  const volatilities = needVolatilities(view);
  const correlation =
    view.correlation ??
    view.covariance.map((value, at) => value / (volatilities[Math.floor(at / k)]! * volatilities[at % k]!));
  if (!correlation.every((value) => Math.abs(value) <= 1 + 1e-8))
    throw new StrategyFailed(
      'the covariance is not positive semidefinite: a correlation lies outside [−1, 1]',
    );
  return correlation;
}

/** Distance of two assets: 0 where they move as one, 1 where they move against each other.
 * @formula dᵢⱼ = √((1 − ρᵢⱼ)/2)
 * @source  López de Prado 2016, Journal of Portfolio Management 42(4)
 */
export function correlationDistance(correlation: Float64Array, k: number): Float64Array {
  return correlation.map((value, at) => (at % (k + 1) === 0 ? 0 : Math.sqrt(Math.max(0, 1 - value) / 2)));
}

/** Euclidean distance between the columns of a symmetric distance matrix. */
export function columnDistance(distance: Float64Array, k: number): Float64Array {
  const between = new Float64Array(k * k);
  for (let i = 0; i < k; i++)
    for (let j = 0; j < i; j++) {
      const value = Math.sqrt(squaredDistance(distance, i * k, j * k, k));
      between[i * k + j] = value;
      between[j * k + i] = value;
    }
  return between;
}

/** Four sums at once: the rows are long, and one sum would wait for itself. */
function squaredDistance(values: Float64Array, a: number, b: number, length: number): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  let t = 0;
  for (; t + 3 < length; t += 4) {
    const d0 = values[a + t]! - values[b + t]!;
    const d1 = values[a + t + 1]! - values[b + t + 1]!;
    const d2 = values[a + t + 2]! - values[b + t + 2]!;
    const d3 = values[a + t + 3]! - values[b + t + 3]!;
    s0 += d0 * d0;
    s1 += d1 * d1;
    s2 += d2 * d2;
    s3 += d3 * d3;
  }
  for (; t < length; t++) s0 += (values[a + t]! - values[b + t]!) ** 2;
  return s0 + s1 + (s2 + s3);
}
