import { z } from 'zod';
import { covariance } from '../../../core/linear.js';
import { assetsOf, estimator } from './estimator.js';
import { averageVariance, scaledIdentity, shrink } from './shrink.js';

/** Oracle approximating shrinkage towards a multiple of the identity, best where returns are normal.
 * @formula s = min(1, (a + μ²)/((T + 1)(a − μ²/k))), a = mean of Sᵢⱼ², μ = tr S/k
 * @shape   returns (T,k); S with 1/T; result (k,k)
 * @range   0 ≤ s ≤ 1
 * @source  Chen, Wiesel, Eldar & Hero 2010, IEEE Transactions on Signal Processing 58(10)
 * @pitfall this is the form that scikit-learn and others use, which drops a term 1 − 2/k of the paper's equation 23
 */
export const oas = estimator({
  summary: 'The sample covariance shrunk towards a multiple of the identity, for normal returns.',
  source: 'Chen, Wiesel, Eldar & Hero 2010, IEEE Transactions on Signal Processing 58(10)',
  options: z.strictObject({}),
  estimate: (returns) => {
    const k = assetsOf(returns);
    const sample = covariance(returns.values, returns.rows, k, 0);
    const meanSquare = sample.reduce((total, value) => total + value ** 2, 0) / (k * k);
    const average = averageVariance(sample, k) ** 2;
    const spread = (returns.rows + 1) * (meanSquare - average / k);
    // One asset has nothing to be shrunk towards but itself.
    const shrinkage = k === 1 ? 0 : spread === 0 ? 1 : Math.min(1, (meanSquare + average) / spread);
    return { covariance: shrink(sample, scaledIdentity(sample, k), shrinkage), shrinkage };
  },
});
