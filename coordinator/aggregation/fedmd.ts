import { z } from 'zod';
import { count, positive } from '../../core/measure-input.js';
import { field } from '../../core/scenario/field.js';
import { aggregation } from './aggregation.js';
import { move } from './move.js';
import { weightedMean } from './weighted-sum.js';

const options = z.strictObject({
  weight: field(
    positive.max(1e4).default(10),
    'Weight of the squared distance to the consensus while it is digested; the own loss has weight 1',
    'weight',
  ),
  steps: field(
    count.max(10_000).default(10),
    'Minibatch steps of every round in which the consensus is digested, before those of learning.localSteps',
    'count',
  ),
});

/** Federated distillation: institutions of unlike architectures agree on forecasts of public probes, not on parameters.
 * @formula f̄ ← f̄ + Σ (f_i − f̄)/n; at home loss + weight · mean_r (f_i(x_r) − f̄_r)² for `steps` steps, then loss alone
 * @shape   f_i (probes) forecasts of whoever sent any, in place of parameters; result (probes)
 * @source  Li & Wang 2019, FedMD (arXiv 1910.03581), algorithm 1
 * @pitfall all count alike, as in the paper; what the paper's parties learn from public labels has no counterpart here
 */
export const fedmd = aggregation({
  summary:
    'Institutions of any architectures agree on forecasts of public probes, and train towards the mean.',
  source: 'Li & Wang 2019, arXiv 1910.03581',
  needsIndividualUpdates: false,
  needs: 'forecasts',
  options,
  digest: ({ weight, steps }) => ({ weight, steps }),
  aggregate: (state, { parameters, updates }) => ({
    parameters: move(
      parameters,
      weightedMean(
        updates.map(({ delta }) => delta),
        updates.map(() => 1),
      ),
    ),
    state,
  }),
});
