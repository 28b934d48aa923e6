import { exp } from './exponential.js';
import { log } from './logarithm.js';
import { sum } from './summation.js';

/** Arithmetic mean; NaN of nothing. */
export function mean(values: ArrayLike<number>): number {
  return sum(values) / values.length;
}

/** The mean by way of the first value: exact, unlike the plain one, where nothing varies. */
function centreOf(values: ArrayLike<number>): number {
  const first = values[0] ?? NaN;
  let total = 0;
  for (let i = 1; i < values.length; i += 1) total += values[i]! - first;
  return first + total / values.length;
}

/** Variance about the mean, in two passes.
 * @formula sum((x - mean)^2) / (n - ddof)
 * @range   >= 0; NaN where n <= ddof
 * @pitfall ddof 0 (the default) is the population's variance, 1 the sample's
 */
export function variance(values: ArrayLike<number>, ddof = 0): number {
  if (values.length <= ddof) return NaN;
  const centre = centreOf(values);
  let total = 0;
  for (let i = 0; i < values.length; i += 1) total += (values[i]! - centre) ** 2;
  return total / (values.length - ddof);
}

/** Pearson correlation. @range [-1, 1]; NaN where either side does not vary */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new RangeError(`correlation: lengths ${a.length} and ${b.length} differ`);
  const meanA = centreOf(a);
  const meanB = centreOf(b);
  let squareA = 0;
  let squareB = 0;
  let cross = 0;
  for (let i = 0; i < a.length; i += 1) {
    const u = a[i]! - meanA;
    const v = b[i]! - meanB;
    squareA += u * u;
    squareB += v * v;
    cross += u * v;
  }
  // This order neither overflows nor loses the exact 1 of a series and its multiple by a power of two.
  const ratio = (cross / squareA) * Math.sqrt(squareA / squareB);
  return Math.max(-1, Math.min(1, ratio));
}

/** Quantile of unsorted values, linear between order statistics (Hyndman & Fan type 7).
 * @formula x_(j) + g (x_(j+1) - x_(j)), j + g = (n - 1) p
 * @range   p in [0, 1]; NaN of nothing
 */
export function quantile(values: ArrayLike<number>, p: number): number {
  return quantileOfSorted(Float64Array.from(values).sort(), p);
}

/** The same quantile of values already in ascending order: for several levels of one sample. */
export function quantileOfSorted(ascending: ArrayLike<number>, p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`quantile: level ${p} is outside [0, 1]`);
  if (ascending.length === 0) return NaN;
  const place = (ascending.length - 1) * p;
  const below = Math.floor(place);
  const low = ascending[below]!;
  const high = ascending[Math.min(below + 1, ascending.length - 1)]!;
  return low === high ? low : low + (place - below) * (high - low);
}

/** log(sum(e^x)) without overflow; -Infinity of nothing. */
export function logSumExp(values: ArrayLike<number>): number {
  let largest = -Infinity;
  for (let i = 0; i < values.length; i += 1) {
    if (values[i]! !== values[i]!) return NaN;
    largest = Math.max(largest, values[i]!);
  }
  if (Math.abs(largest) === Infinity) return largest;
  let total = 0;
  for (let i = 0; i < values.length; i += 1) total += exp(values[i]! - largest);
  return largest + log(total);
}
