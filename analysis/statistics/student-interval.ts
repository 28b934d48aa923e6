import { mean, studentTCdf, variance } from '../../core/numeric.js';
import type { Estimate } from './estimate.js';
import { studentQuantile } from './student-quantile.js';

export interface MeanTest extends Estimate {
  readonly stdError: number;
  /** Two-sided, of a mean of 0; NaN below two replications. */
  readonly pValue: number;
}

/** Mean of independent replications with Student's interval and test.
 * @formula x̄ ± t_{n−1, (1+level)/2} s/√n
 * @range   n ≥ 2 for an interval; p in [0, 1]
 * @source  Student 1908, Biometrika 6(1)
 * @pitfall asks for replications that are independent and not too skewed: compare with the bootstrap's interval
 */
export function studentInterval(values: ArrayLike<number>, level = 0.95): MeanTest {
  const n = values.length;
  const centre = mean(values);
  const stdError = Math.sqrt(variance(values, 1) / n);
  if (n < 2) return { value: centre, interval: null, n, stdError: NaN, pValue: NaN };
  const reach = studentQuantile((1 + level) / 2, n - 1) * stdError;
  const pValue = stdError === 0 ? Number(centre === 0) : 2 * studentTCdf(-Math.abs(centre / stdError), n - 1);
  return { value: centre, interval: [centre - reach, centre + reach], n, stdError, pValue };
}
