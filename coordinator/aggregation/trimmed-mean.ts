import { z } from 'zod';
import { field } from '../../core/scenario/field.js';
import { aggregation } from './aggregation.js';
import { byCoordinate, meanBetween } from './by-coordinate.js';
import { move } from './move.js';

const options = z.strictObject({
  trim: field(
    z
      .number('must be a finite number')
      .min(0, 'must not be negative')
      .lt(0.5, 'must be below 0.5')
      .default(0.2),
    'share of the updates cut at each end of every coordinate',
    'share',
  ),
});

/** Coordinate-wise trimmed mean.
 * @formula w_j ← w_j + mean of the sorted Δ_ij without ⌊trim·n⌋ at each end
 * @shape   Δ_i (d); result (d)
 * @source  Yin et al. 2018, ICML (arXiv 1803.01498); counts cut as scipy.stats.trim_mean does
 * @pitfall ignores examples; below 1/n the share cuts nobody
 */
export const trimmedMean = aggregation({
  summary: 'Mean of each coordinate without its largest and smallest values.',
  source: 'Yin et al. 2018, arXiv 1803.01498',
  needsIndividualUpdates: true,
  options,
  aggregate: (state, { parameters, updates }, { trim }) => {
    const cut = Math.floor(trim * updates.length);
    const direction = byCoordinate(updates, (sorted) => meanBetween(sorted, cut, sorted.length - cut));
    return { parameters: move(parameters, direction), state };
  },
});
