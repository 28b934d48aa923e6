import { studentTCdf } from '../../core/numeric.js';

/** Quantile of Student's t.
 * @formula studentTCdf(t, df) = p, by bisection to the last bit that matters
 * @range   p in (0, 1); df > 0
 */
export function studentQuantile(p: number, df: number): number {
  if (!(p > 0 && p < 1) || !(df > 0)) return NaN;
  if (p === 0.5) return 0;
  if (p < 0.5) return -studentQuantile(1 - p, df);
  let high = 1;
  while (studentTCdf(high, df) < p) high *= 2;
  let low = high === 1 ? 0 : high / 2;
  for (let middle = (low + high) / 2; low < middle && middle < high; middle = (low + high) / 2) {
    if (studentTCdf(middle, df) < p) low = middle;
    else high = middle;
  }
  return high;
}
