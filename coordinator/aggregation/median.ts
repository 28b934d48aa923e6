import { z } from 'zod';
import { aggregation } from './aggregation.js';
import { byCoordinate, middle } from './by-coordinate.js';
import { move } from './move.js';

/** Coordinate-wise median.
 * @formula w_j ← w_j + median_i Δ_ij; of an even number the mean of the middle two
 * @shape   Δ_i (d); result (d)
 * @source  Yin et al. 2018, ICML (arXiv 1803.01498)
 * @pitfall ignores examples; no institution need have sent the vector that results
 */
export const median = aggregation({
  summary: 'Median of the updates, coordinate by coordinate.',
  source: 'Yin et al. 2018, arXiv 1803.01498',
  needsIndividualUpdates: true,
  options: z.strictObject({}),
  aggregate: (state, { parameters, updates }) => ({
    parameters: move(parameters, byCoordinate(updates, middle)),
    state,
  }),
});
