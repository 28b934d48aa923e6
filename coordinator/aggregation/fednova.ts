import { z } from 'zod';
import { aggregation } from './aggregation.js';
import { move } from './move.js';
import { weightedSum } from './weighted-sum.js';

/** FedNova: normalised averaging, so that who trains longer does not steer.
 * @formula w ← w + τ_eff Σ p_i Δ_i/τ_i, p_i = n_i/Σn, τ_eff = Σ p_i τ_i
 * @shape   Δ_i (d), τ_i local steps, n_i examples; result (d)
 * @source  Wang et al. 2020, NeurIPS (arXiv 2007.07481)
 * @pitfall with local momentum τ_i is the accumulated weight ‖a_i‖₁, not the number of steps
 */
export const fednova = aggregation({
  summary: 'Mean of updates per local step, rescaled to the mean number of steps.',
  source: 'Wang et al. 2020, arXiv 2007.07481',
  needsIndividualUpdates: true,
  extras: ['localSteps'],
  options: z.strictObject({}),
  aggregate: (state, { parameters, updates }) => {
    const examples = updates.reduce((sum, update) => sum + update.examples, 0);
    const shares = updates.map((update) => update.examples / examples);
    const effective = updates.reduce((sum, update, i) => sum + shares[i]! * update.localSteps!, 0);
    const perStep = weightedSum(
      updates.map(({ delta }) => delta),
      updates.map((update, i) => shares[i]! / update.localSteps!),
    );
    return { parameters: move(parameters, perStep, effective), state };
  },
});
