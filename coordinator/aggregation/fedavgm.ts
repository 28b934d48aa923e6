import { z } from 'zod';
import { positive } from '../../core/measure-input.js';
import { field } from '../../core/scenario/field.js';
import { aggregation } from './aggregation.js';
import { move } from './move.js';
import { meanDelta } from './weighted-sum.js';

const options = z.strictObject({
  learningRate: field(positive.default(1), 'server learning rate', 'ratio'),
  momentum: field(z.number().min(0).lt(1).default(0.9), 'share of the last direction that is kept', 'share'),
});

/** FedAvg with server momentum.
 * @formula m ← β m + Δ̄; w ← w + η m, Δ̄ the mean difference by examples
 * @shape   Δ_i (d), n_i examples; m, result (d)
 * @source  Hsu, Qi & Brown 2019 (arXiv 1909.06335)
 * @pitfall no (1 − β): the steady step is 1/(1 − β) times as long as FedAvg's
 */
export const fedavgm = aggregation({
  summary: 'FedAvg with momentum at the coordinator.',
  source: 'Hsu, Qi & Brown 2019, arXiv 1909.06335',
  needsIndividualUpdates: false,
  options,
  initialState: (parameterCount) => ({ momentum: new Float64Array(parameterCount) }),
  aggregate: (state, { parameters, updates }, { learningRate, momentum }) => {
    const delta = meanDelta(updates);
    const direction = delta.map((value, j) => momentum * state['momentum']![j]! + value);
    return { parameters: move(parameters, direction, learningRate), state: { momentum: direction } };
  },
});
