import { z } from 'zod';
import { aggregation } from './aggregation.js';
import { move } from './move.js';
import { meanDelta } from './weighted-sum.js';

/** Federated averaging.
 * @formula w ← w + Σ n_i Δ_i / Σ n_i
 * @shape   Δ_i (d), n_i examples; result (d)
 * @source  McMahan et al. 2017, AISTATS (arXiv 1602.05629)
 * @pitfall weights are examples: institutions with long histories dominate
 */
export const fedavg = aggregation({
  summary: 'Mean of the updates, weighted by examples.',
  source: 'McMahan et al. 2017, arXiv 1602.05629',
  needsIndividualUpdates: false,
  options: z.strictObject({}),
  aggregate: (state, { parameters, updates }) => ({
    parameters: move(parameters, meanDelta(updates)),
    state,
  }),
});
