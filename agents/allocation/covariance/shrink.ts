/** Draws a covariance towards a target.
 * @formula (1 − s)S + sF
 */
export function shrink(sample: Float64Array, target: Float64Array, shrinkage: number): Float64Array {
  return sample.map((value, at) => (1 - shrinkage) * value + shrinkage * target[at]!);
}

/** The identity times the average variance. */
export function scaledIdentity(sample: Float64Array, k: number): Float64Array {
  const average = averageVariance(sample, k);
  const target = new Float64Array(k * k);
  for (let i = 0; i < k; i++) target[i * k + i] = average;
  return target;
}

export function averageVariance(sample: Float64Array, k: number): number {
  let trace = 0;
  for (let i = 0; i < k; i++) trace += sample[i * k + i]!;
  return trace / k;
}

/** Mean over time of x_i² x_j² less the square of the mean of x_i x_j: how uncertain each covariance is.
 * @shape centred (T,k), sample (k,k) with 1/T; result (k,k)
 */
export function productVariances(centred: Float64Array, sample: Float64Array, rows: number): Float64Array {
  const k = Math.round(Math.sqrt(sample.length));
  const result = new Float64Array(k * k);
  for (let t = 0; t < rows; t++)
    for (let i = 0; i < k; i++) {
      const square = centred[t * k + i]! ** 2 / rows;
      for (let j = 0; j < k; j++) result[i * k + j]! += square * centred[t * k + j]! ** 2;
    }
  return result.map((value, at) => value - sample[at]! ** 2);
}

export function squaredDistance(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let at = 0; at < a.length; at++) total += (a[at]! - b[at]!) ** 2;
  return total;
}
