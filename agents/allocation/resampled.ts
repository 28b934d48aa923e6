import { z } from 'zod';
import { count, positive } from '../../core/measure-input.js';
import { cholesky, covariance as sampleCovariance } from '../../core/linear.js';
import type { Stream } from '../../core/random.js';
import { field } from '../../core/scenario/field.js';
import { constraintOptions, portfolioConstraints, within } from './constraints.js';
import { needExpectedReturns } from './need.js';
import { quadraticProgram } from './solver/quadratic-program.js';
import { StrategyFailed } from './strategy-failed.js';
import { strategy } from './strategy.js';
import { negativeUtility } from './utility.js';
import type { View } from './view.js';

/** Resampled mean-variance: the average of the portfolios that other samples from the same law would have given.
 * @formula mean over draws of argmax μ̂′w − ½γ w′Σ̂w, (μ̂, Σ̂) estimated from T draws of N(μ, Σ)
 * @shape   result (k), as shares of equity
 * @source  Michaud 1998, Efficient Asset Management, Harvard Business School Press
 * @pitfall an average of optima is not an optimum, but it is steadier
 */
export const resampled = strategy({
  summary: 'The average of mean-variance portfolios over resampled estimates.',
  source: 'Michaud 1998, Efficient Asset Management',
  remembers: 504,
  options: z.strictObject({
    ...constraintOptions,
    riskAversion: field(positive.optional(), "Risk aversion; absent: the institution's own", '1 / variance'),
    resamples: field(count.default(100), 'Number of resampled estimates', 'count'),
    observations: field(
      count.optional(),
      'Observations in each; absent: as many as there are past returns',
      'count',
    ),
  }),
  allocate: (view, { riskAversion, resamples, observations, ...limits }) => {
    const { stream } = view;
    if (stream === undefined) throw new StrategyFailed('it needs a stream of random numbers');
    needExpectedReturns(view);
    const drawn = draws(view, observations ?? view.history?.rows ?? 0);
    const constraints = portfolioConstraints(view, limits);
    const total = new Float64Array(view.permitted.length);
    for (let r = 0; r < resamples; r++) {
      const { hessian, linear } = negativeUtility(drawn(stream), riskAversion ?? view.riskAversion);
      const weights = within(constraints, () => quadraticProgram({ ...constraints, hessian, linear }).value);
      for (let i = 0; i < total.length; i++) total[i]! += weights[i]! / resamples;
    }
    return total;
  },
});

/** A view estimated from `rows` normal draws around the one given. */
function draws(view: View, rows: number): (stream: Stream) => View {
  const k = view.permitted.length;
  if (rows <= k)
    throw new StrategyFailed(`${rows} observations are too few to resample: at least ${k + 1} are needed`);
  const factor = cholesky(view.covariance, k);
  return (stream) => {
    const values = new Float64Array(rows * k);
    const expectedReturns = new Float64Array(k);
    const shocks = new Float64Array(k);
    for (let t = 0; t < rows; t++) {
      for (let i = 0; i < k; i++) shocks[i] = stream.normal();
      for (let i = 0; i < k; i++) {
        let value = view.expectedReturns[i]!;
        for (let j = 0; j <= i; j++) value += factor[i * k + j]! * shocks[j]!;
        values[t * k + i] = value;
        expectedReturns[i]! += value / rows;
      }
    }
    return { ...view, expectedReturns, covariance: sampleCovariance(values, rows, k, 1) };
  };
}
