import { z } from 'zod';
import { correlationForecast } from './correlation-forecast.js';
import { estimator } from './estimator.js';
import { standardise } from './standardise.js';

/** Constant conditional correlation: tomorrow's variances by GARCH, correlations those of standardised returns.
 * @formula Σ = D R D, D = diag(√h_{T+1}), R = correlation of e_t/√h_t
 * @shape   returns (T,k); result (k,k), a forecast for the next day
 * @source  Bollerslev 1990, Review of Economics and Statistics 72(3)
 */
export const garch = estimator({
  summary: "Tomorrow's variances by GARCH(1,1), correlations constant.",
  source: 'Bollerslev 1990, Review of Economics and Statistics 72(3)',
  options: z.strictObject({}),
  estimate: (returns) => {
    const standard = standardise(returns);
    return { covariance: correlationForecast(standard, standard.moment) };
  },
});
