import { count } from '../../core/measure-input.js';
import { field } from '../../core/scenario/field.js';
import { aggregation } from './aggregation.js';
import { krumOptions } from './krum.js';
import { allKrumScores } from './krum-scores.js';
import { move } from './move.js';
import { meanDelta } from './weighted-sum.js';

const options = krumOptions.extend({
  m: field(
    count.optional(),
    'how many updates are averaged (at most those present); absent: all but f',
    'count',
  ),
});

/** Multi-Krum: mean of the m updates with the lowest Krum scores.
 * @formula w ← w + Σ_{i in best m} n_i Δ_i / Σ n_i
 * @shape   Δ_i (d), n_i examples; result (d)
 * @source  Blanchard et al. 2017, NeurIPS (arXiv 1703.02757); weights and one-shot choice as in Flower
 * @pitfall scores are computed once, not anew after each choice
 */
export const multiKrum = aggregation({
  summary: 'Mean, by examples, of the updates nearest to their fellows.',
  source: 'Blanchard et al. 2017, arXiv 1703.02757',
  needsIndividualUpdates: true,
  options,
  aggregate: (state, { parameters, updates }, { f, m = Math.max(1, updates.length - f) }) => {
    const scores = allKrumScores(updates, f);
    const ranked = [...scores.keys()].sort((a, b) => scores[a]! - scores[b]! || a - b);
    const selected = ranked.slice(0, m).sort((a, b) => a - b);
    const direction = meanDelta(selected.map((i) => updates[i]!));
    return { parameters: move(parameters, direction), state, selected, scores };
  },
});
