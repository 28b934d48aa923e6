import { z } from 'zod';
import { positive } from '../../core/measure-input.js';
import { clip } from '../../core/privacy/clip.js';
import { field } from '../../core/scenario/field.js';
import { aggregation } from './aggregation.js';
import { move } from './move.js';
import { weightedMean } from './weighted-sum.js';

const options = z.strictObject({
  clip: field(
    positive.default(1),
    'longest update that counts in full; longer ones are shortened to it',
    'length in parameter space',
  ),
});

/** Norm clipping: nobody moves the model further than a bound.
 * @formula w ← w + Σ n_i Δ_i min(1, C/‖Δ_i‖) / Σ n_i
 * @shape   Δ_i (d), n_i examples; result (d); scores are the norms sent
 * @source  Sun et al. 2019 (arXiv 1911.07963)
 * @pitfall the bound needs the coordinator to see each update: an attacker does not clip itself
 */
export const normClipping = aggregation({
  summary: 'Mean of the updates, each shortened to a bound on its norm.',
  source: 'Sun et al. 2019, arXiv 1911.07963',
  needsIndividualUpdates: true,
  options,
  aggregate: (state, { parameters, updates }, { clip: bound }) => {
    const shortened = updates.map(({ delta }) => clip(delta, bound));
    const direction = weightedMean(
      shortened.map(({ clipped }) => clipped),
      updates.map(({ examples }) => examples),
    );
    return { parameters: move(parameters, direction), state, scores: shortened.map(({ norm }) => norm) };
  },
});
