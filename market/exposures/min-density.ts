import { z } from 'zod';
import { minDensity as reconstruct } from '../contagion/min-density.js';
import { margins, networkFrom } from './margins.js';
import type { Structure } from './network.js';

/** As few and as large claims as what each lends and borrows allows.
 * @source Anand, Craig & von Peter 2015, Quantitative Finance 15(4)
 * @pitfall it overstates contagion
 */
export const minDensity: Structure = {
  summary: 'As few and as large claims as totals allow (minimum density).',
  options: z.strictObject({}),
  build: (_chosen, lending) => networkFrom(reconstruct(margins(lending), lending.seed).value),
};
