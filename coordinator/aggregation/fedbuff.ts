import { z } from 'zod';
import { pow } from '../../core/numeric.js';
import { count, nonNegative, positive } from '../../core/measure-input.js';
import { field } from '../../core/scenario/field.js';
import { aggregation, type Update, type Vector } from './aggregation.js';
import { move } from './move.js';

const options = z.strictObject({
  bufferSize: field(count.default(10), 'updates K gathered before the model moves', 'count'),
  learningRate: field(positive.default(1), 'server learning rate', 'ratio'),
  stalenessExponent: field(nonNegative.default(0.5), 'a in the weight (1 + staleness)^−a', 'exponent'),
});

const add = (buffer: Float64Array, { delta, staleness }: Update<Vector>, exponent: number): Float64Array => {
  const weight = pow(1 + staleness!, -exponent);
  return buffer.map((value, j) => value + weight * delta[j]!);
};

/** FedBuff: buffered asynchronous averaging, in the order of institution ids within a round of logical time.
 * @formula w ← w + η/K Σ_{K buffered} (1 + s_i)^−a Δ_i, whenever K updates are in the buffer
 * @shape   Δ_i (d), s_i rounds of staleness; result (d)
 * @source  Nguyen et al. 2022, AISTATS (arXiv 2106.06639); a = 1/2
 * @pitfall ignores examples; updates left in the buffer are memory, and belong in a checkpoint
 */
export const fedbuff = aggregation({
  summary: 'Moves whenever K updates, discounted by staleness, have gathered.',
  source: 'Nguyen et al. 2022, arXiv 2106.06639',
  needsIndividualUpdates: false,
  extras: ['staleness'],
  options,
  initialState: (parameterCount) => ({ buffer: new Float64Array(parameterCount), count: Float64Array.of(0) }),
  aggregate: (state, { parameters, updates }, { bufferSize, learningRate, stalenessExponent }) => {
    let moved = parameters;
    let [buffer, gathered] = [state['buffer']!, state['count']![0]!];
    for (const update of updates) {
      buffer = add(buffer, update, stalenessExponent);
      gathered++;
      if (gathered < bufferSize) continue;
      moved = move(moved, buffer, learningRate / bufferSize);
      [buffer, gathered] = [new Float64Array(buffer.length), 0];
    }
    return { parameters: moved, state: { buffer, count: Float64Array.of(gathered) } };
  },
});
