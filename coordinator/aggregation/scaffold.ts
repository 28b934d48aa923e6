import { z } from 'zod';
import { positive } from '../../core/measure-input.js';
import { field } from '../../core/scenario/field.js';
import { aggregation } from './aggregation.js';
import { move } from './move.js';
import { weightedSum } from './weighted-sum.js';

const options = z.strictObject({
  learningRate: field(positive.default(1), 'server learning rate', 'ratio'),
});

/** SCAFFOLD: control variates take the drift out of local training.
 * @formula w ← w + η mean_S Δ_i; c ← c + |S|/N mean_S Δc_i; local gradient + c − c_i,
 *          c_i ← the gradient at the round's model (option I, which holds for any local optimiser)
 * @shape   Δ_i, Δc_i (d); c, result (d)
 * @source  Karimireddy et al. 2020, ICML (arXiv 1910.06378), algorithm 1
 * @pitfall institutions count alike, whatever their examples; N is the whole federation, not those present
 */
export const scaffold = aggregation({
  summary: 'Unweighted mean of updates, with control variates against client drift.',
  source: 'Karimireddy et al. 2020, arXiv 1910.06378',
  needsIndividualUpdates: false,
  extras: ['controlDelta'],
  options,
  initialState: (parameterCount) => ({ control: new Float64Array(parameterCount) }),
  needs: 'gradient',
  penalties: () => ({ control: 1 }),
  broadcast: (state) => state['control']!,
  aggregate: (state, { parameters, updates, population = updates.length }, { learningRate }) => {
    const alike = updates.map(() => 1);
    const deltas = weightedSum(
      updates.map(({ delta }) => delta),
      alike,
    );
    const controls = weightedSum(
      updates.map(({ controlDelta }) => controlDelta!),
      alike,
    );
    return {
      parameters: move(parameters, deltas, learningRate / updates.length),
      state: { control: move(state['control']!, controls, 1 / population) },
    };
  },
});
