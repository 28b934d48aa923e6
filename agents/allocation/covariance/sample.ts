import { z } from 'zod';
import { covariance } from '../../../core/linear.js';
import { assetsOf, estimator } from './estimator.js';

/** Sample covariance.
 * @formula Σ_t (r_t − m)(r_t − m)′ / (T − 1)
 * @shape   returns (T,k); result (k,k)
 * @source  Anderson 2003, An Introduction to Multivariate Statistical Analysis, section 3.2
 * @pitfall singular with T ≤ k, and noisy well beyond
 */
export const sample = estimator({
  summary: 'Sample covariance with T − 1.',
  source: 'Anderson 2003, An Introduction to Multivariate Statistical Analysis, section 3.2',
  options: z.strictObject({}),
  estimate: (returns) => ({ covariance: covariance(returns.values, returns.rows, assetsOf(returns), 1) }),
});
