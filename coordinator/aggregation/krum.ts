import { z } from 'zod';
import { index } from '../../core/measure-input.js';
import { field } from '../../core/scenario/field.js';
import { aggregation } from './aggregation.js';
import { allKrumScores, lowest } from './krum-scores.js';
import { move } from './move.js';

export const krumOptions = z.strictObject({
  f: field(index.default(0), 'how many of the institutions may be malicious', 'count'),
});

/** Krum: the one update that lies closest to its fellows.
 * @formula w ← w + Δ_k, k = argmin of the Krum score (ties: first by institution id)
 * @shape   Δ_i (d); result (d)
 * @source  Blanchard et al. 2017, NeurIPS (arXiv 1703.02757)
 * @pitfall everybody receives one institution's model: the strongest homogeniser of all rules
 */
export const krum = aggregation({
  summary: 'The single update nearest to its nearest fellows.',
  source: 'Blanchard et al. 2017, arXiv 1703.02757',
  needsIndividualUpdates: true,
  options: krumOptions,
  aggregate: (state, { parameters, updates }, { f }) => {
    const scores = allKrumScores(updates, f);
    const best = lowest(scores);
    return { parameters: move(parameters, updates[best]!.delta), state, selected: [best], scores };
  },
});
