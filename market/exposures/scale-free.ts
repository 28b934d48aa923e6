import { z } from 'zod';
import { field, nonNegative } from '../../core/scenario/field.js';
import { structures } from '../contagion/structures.js';
import { drawn } from './margins.js';
import type { Structure } from './network.js';

/** Claims are likelier between larger institutions, so that a few deal with nearly all.
 * @source Chung & Lu 2002, Annals of Combinatorics 6(2); Boss et al. 2004, Quantitative Finance 4(6)
 */
export const scaleFree: Structure = {
  summary: 'Claims are likelier between larger institutions: the number of partners has a power-law tail.',
  options: z.strictObject({
    meanDegree: field(nonNegative.default(5), 'Mean number of borrowers, before caps at 1.', 'count'),
    tailExponent: field(
      z.number().gt(2).max(10).default(2.5),
      'Tail exponent of the number of partners.',
      'exponent',
    ),
  }),
  build: (chosen, lending) => drawn(structures['scale-free'], chosen, lending),
};
