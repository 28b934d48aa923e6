import { z } from 'zod';
import { field, nonNegative } from '../../core/scenario/field.js';
import { structures } from '../contagion/structures.js';
import { drawn } from './margins.js';
import type { Structure } from './network.js';

/** Every claim is equally likely.
 * @source Erdős & Rényi 1959, Publicationes Mathematicae 6
 */
export const erdosRenyi: Structure = {
  summary: 'Every claim is equally likely, whoever lends and borrows.',
  options: z.strictObject({
    meanDegree: field(nonNegative.default(5), 'Mean number of borrowers of a lender.', 'count'),
  }),
  build: (chosen, lending) => drawn(structures['erdos-renyi'], chosen, lending),
};
