import { z } from 'zod';
import { count } from '../../../core/measure-input.js';
import { covariance, symmetricEigen } from '../../../core/linear.js';
import { field } from '../../../core/scenario/field.js';
import { StrategyFailed } from '../strategy-failed.js';
import { assetsOf, estimator } from './estimator.js';

/** Statistical factor model: the leading principal components in common, everything else each asset's own.
 * @formula Σ = Σ_{f ≤ F} λ_f v_f v_f′ + diag(S − Σ_f λ_f v_f v_f′)
 * @shape   returns (T,k); S with 1/T; result (k,k)
 * @source  Connor & Korajczyk 1993, Journal of Finance 48(4)
 * @pitfall variances are the sample's; only covariances are smoothed
 */
export const factor = estimator({
  summary: 'Leading principal components in common, the rest on the diagonal.',
  source: 'Connor & Korajczyk 1993, Journal of Finance 48(4)',
  options: z.strictObject({
    factors: field(count.default(3), 'Number of common factors, fewer than assets', 'count'),
  }),
  estimate: (returns, { factors }) => {
    const k = assetsOf(returns);
    if (factors >= k) throw new StrategyFailed(`${factors} factors are too many for ${k} assets`);
    const sample = covariance(returns.values, returns.rows, k, 0);
    const { values, vectors } = symmetricEigen(sample, k);
    const common = new Float64Array(k * k);
    for (let f = 0; f < factors; f++)
      for (let at = 0; at < k * k; at++)
        common[at]! += values[f]! * vectors[Math.floor(at / k) * k + f]! * vectors[(at % k) * k + f]!;
    return { covariance: common.map((value, at) => (at % (k + 1) === 0 ? sample[at]! : value)) };
  },
});
