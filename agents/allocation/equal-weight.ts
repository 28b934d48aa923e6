import { z } from 'zod';
import { field } from '../../core/scenario/field.js';
import { strategy } from './strategy.js';
import { leverageOf } from './view.js';

/** Equal weight: every permitted asset the same, whatever is known of it.
 * @formula w = L/k
 * @shape   result (k), summing to the leverage budget L
 * @source  DeMiguel, Garlappi & Uppal 2009, Review of Financial Studies 22(5)
 */
export const equalWeight = strategy({
  summary: 'Every permitted asset in the same weight.',
  source: 'DeMiguel, Garlappi & Uppal 2009, Review of Financial Studies 22(5)',
  options: z.strictObject({
    longOnly: field(z.literal(true).default(true), 'Weights are never negative: true only', 'true or false'),
  }),
  allocate: (view) => {
    const k = view.permitted.length;
    return new Float64Array(k).fill(leverageOf(view) / k);
  },
});
