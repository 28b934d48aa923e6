import { z } from 'zod';
import { count, positive } from '../../core/measure-input.js';
import { field } from '../../core/scenario/field.js';
import { aggregation } from './aggregation.js';
import { move } from './move.js';
import { weiszfeld } from './weiszfeld.js';

const options = z.strictObject({
  tolerance: field(
    positive.default(1e-9),
    'largest length of the mean pull that counts as balanced',
    'length of a mean of unit vectors',
  ),
  maxIterations: field(count.default(1000), 'after so many iterations the solver gives up, aloud', 'count'),
});

/** Geometric median: the point nearest to all updates together.
 * @formula w ← w + argmin_y Σ n_i ‖y − Δ_i‖₂
 * @shape   Δ_i (d), n_i examples; result (d)
 * @source  Pillutla, Kakade & Harchaoui 2022, IEEE TSP (arXiv 1912.13445)
 * @pitfall throws NotConverged rather than answer roughly
 */
export const geometricMedian = aggregation({
  summary: 'Point with the smallest total distance to the updates, by examples.',
  source: 'Pillutla, Kakade & Harchaoui 2022, arXiv 1912.13445',
  needsIndividualUpdates: true,
  options,
  aggregate: (state, { parameters, updates }, { tolerance, maxIterations }) => {
    const { value } = weiszfeld(
      updates.map(({ delta }) => delta),
      updates.map(({ examples }) => examples),
      tolerance,
      maxIterations,
    );
    return { parameters: move(parameters, value), state };
  },
});
