import { z } from 'zod';
import { positive } from '../../../core/measure-input.js';
import { field } from '../../../core/scenario/field.js';
import { observeReturns, riskModel, weightedCovariance } from '../risk-model.js';
import { assetsOf, estimator } from './estimator.js';

/** Exponentially weighted covariance about the weighted mean.
 * @formula Σ_t w_t (r_t − m)(r_t − m)′, w_t ∝ ½^((T−1−t)/halfLife), Σ w_t = 1, m = Σ w_t r_t
 * @shape   returns (T,k), oldest first; result (k,k)
 * @source  RiskMetrics Technical Document 1996, J.P. Morgan, section 5.2 (there about a mean of 0)
 * @pitfall weights sum to 1: there is no small-sample correction
 */
export const exponential = estimator({
  summary: 'Recent returns weigh more; the weight halves every half-life.',
  source: 'RiskMetrics Technical Document 1996, J.P. Morgan, section 5.2',
  options: z.strictObject({
    halfLife: field(positive, 'Observations after which a weight has halved', 'observations'),
  }),
  estimate: (returns, { halfLife }) => {
    const k = assetsOf(returns);
    const model = riskModel(k, halfLife);
    for (let t = 0; t < returns.rows; t++) observeReturns(model, returns.values.subarray(t * k, (t + 1) * k));
    return { covariance: weightedCovariance(model) };
  },
});
