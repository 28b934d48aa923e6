import { expectShape } from './matrix.js';

/** Sample covariance of k series observed T times.
 * @formula sum_t (x_ti - mean_i) (x_tj - mean_j) / (T - ddof)
 * @shape   observations (T,k), one time a row; result (k,k), exactly symmetric
 * @pitfall ddof 1 (the default) is the sample's; T must exceed ddof
 */
export function covariance(observations: ArrayLike<number>, T: number, k: number, ddof = 1): Float64Array {
  expectShape('covariance', observations, T, k);
  if (T <= ddof) throw new RangeError(`covariance: ${T} observations with ddof ${ddof}`);
  const centred = centredColumns(observations, T, k);
  const result = new Float64Array(k * k);
  for (let t = 0; t < T; t += 1) {
    for (let i = 0; i < k; i += 1) {
      const left = centred[t * k + i]!;
      for (let j = 0; j <= i; j += 1) result[i * k + j]! += left * centred[t * k + j]!;
    }
  }
  for (let i = 0; i < k; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      result[i * k + j]! /= T - ddof;
      result[j * k + i] = result[i * k + j]!;
    }
  }
  return result;
}

/** Deviations from the column means, taken by way of the first row: exactly 0 where a column does not vary. */
function centredColumns(observations: ArrayLike<number>, T: number, k: number): Float64Array {
  const centred = Float64Array.from(observations, (value, index) => value - observations[index % k]!);
  const means = new Float64Array(k);
  for (let t = 0; t < T; t += 1) {
    for (let i = 0; i < k; i += 1) means[i]! += centred[t * k + i]! / T;
  }
  return centred.map((value, index) => value - means[index % k]!);
}
