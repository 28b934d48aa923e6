import { z } from 'zod';
import { covariance } from '../../../core/linear.js';
import { sum } from '../../../core/numeric.js';
import { assetsOf, centred, estimator } from './estimator.js';
import { productVariances, scaledIdentity, shrink, squaredDistance } from './shrink.js';

/** Ledoit-Wolf shrinkage towards a multiple of the identity.
 * @formula (1 − s)S + sμI, μ = tr S/k, δ² = |S − μI|²/k, β² = Σ_t|x_t x_t′ − S|²/(T²k) ≤ δ², s = β²/δ²
 * @shape   returns (T,k); S with 1/T; result (k,k)
 * @range   0 ≤ s ≤ 1
 * @source  Ledoit & Wolf 2004, Journal of Multivariate Analysis 88(2)
 * @pitfall the covariance is with 1/T; the constant-correlation target is another estimator
 */
export const ledoitWolf = estimator({
  summary: 'The sample covariance shrunk towards a multiple of the identity.',
  source: 'Ledoit & Wolf 2004, Journal of Multivariate Analysis 88(2)',
  options: z.strictObject({}),
  estimate: (returns) => {
    const k = assetsOf(returns);
    const sample = covariance(returns.values, returns.rows, k, 0);
    const target = scaledIdentity(sample, k);
    const dispersion = squaredDistance(sample, target);
    const error = sum(productVariances(centred(returns), sample, returns.rows)) / returns.rows;
    const shrinkage = dispersion === 0 ? 0 : Math.min(error, dispersion) / dispersion;
    return { covariance: shrink(sample, target, shrinkage), shrinkage };
  },
});
