import { z } from 'zod';
import { cholesky, choleskySolve } from '../../../core/linear.js';
import { dot, log } from '../../../core/numeric.js';
import { correlationForecast } from './correlation-forecast.js';
import { estimator } from './estimator.js';
import { fitPersistence, type Persistence } from './persistence.js';
import { standardise, type Standardised } from './standardise.js';

/** Dynamic conditional correlation: variances by GARCH, correlations that follow the last shocks.
 * @formula Q_{t+1} = (1 − α − β)S + α ε_tε_t′ + βQ_t, R_t = Q_t scaled to a unit diagonal, Σ = D_{T+1}R_{T+1}D_{T+1}
 * @shape   returns (T,k); result (k,k), a forecast for the next day
 * @source  Engle 2002, Journal of Business & Economic Statistics 20(3)
 * @pitfall two steps: the variances are fitted first, and their error is not carried over
 */
export const dcc = estimator({
  summary: "Tomorrow's variances by GARCH(1,1), correlations that follow the last shocks.",
  source: 'Engle 2002, Journal of Business & Economic Statistics 20(3)',
  options: z.strictObject({}),
  estimate: (returns) => {
    const standard = standardise(returns);
    const { value } = fitPersistence((at) => logLikelihood(standard, at));
    return {
      covariance: correlationForecast(
        standard,
        run(standard, value, () => undefined),
      ),
    };
  },
});

/** Q of the day after the last; `visit` sees each day's Q with that day's shocks. */
function run(
  { k, rows, shocks, moment }: Standardised,
  { alpha, beta }: Persistence,
  visit: (q: Float64Array, shock: Float64Array) => void,
): Float64Array {
  const q = moment.slice();
  for (let t = 0; t < rows; t++) {
    const shock = shocks.subarray(t * k, (t + 1) * k);
    visit(q, shock);
    for (let i = 0, at = 0; i < k; i++)
      for (let j = 0; j < k; j++, at++)
        q[at] = (1 - alpha - beta) * moment[at]! + alpha * shock[i]! * shock[j]! + beta * q[at]!;
  }
  return q;
}

/** −½ Σ (ln|R_t| + ε_t′R_t⁻¹ε_t), the part of the likelihood that correlations move. */
function logLikelihood(standard: Standardised, at: Persistence): number {
  const { k } = standard;
  let total = 0;
  run(standard, at, (q, shock) => {
    const scaled = shock.map((value, i) => value * Math.sqrt(q[i * k + i]!));
    const lower = cholesky(q, k);
    for (let i = 0; i < k; i++) total -= 2 * log(lower[i * k + i]!) - log(q[i * k + i]!);
    total -= dot(scaled, choleskySolve(lower, k, scaled));
  });
  return total / 2;
}
