import { z } from 'zod';
import { csrFromDense } from '../contagion/csr.js';
import { maxEntropy as reconstruct } from '../contagion/max-entropy.js';
import { margins, networkFrom } from './margins.js';
import type { Structure } from './network.js';

/** Everybody lends to everybody, as evenly as what each lends and borrows allows.
 * @source Upper & Worms 2004, European Economic Review 48(4)
 * @pitfall n² claims: it understates contagion
 */
export const maxEntropy: Structure = {
  summary: 'Everybody lends to everybody, as evenly as totals allow (maximum entropy).',
  options: z.strictObject({}),
  build: (_chosen, lending) => networkFrom(csrFromDense(reconstruct(margins(lending)).value)),
};
