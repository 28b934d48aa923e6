import { z } from 'zod';
import { field } from '../../core/scenario/field.js';
import { personalisation } from './personalisation.js';

/** Base layers are shared, the last ones are not.
 * @formula w = (w_base, w_own); only w_base is sent, aggregated and mixed in
 * @source  Arivazhagan et al. 2019 (arXiv 1912.00818)
 * @pitfall the paper replaces the base by the federation's: that is homogeneity.updates 1
 */
export const fedper = personalisation({
  summary: 'The last tensors of every model stay at home, the others are shared (FedPer)',
  source: 'Arivazhagan et al. 2019, arXiv 1912.00818',
  needs: 'gradient',
  options: z.strictObject({
    tensors: field(
      z.int().min(1).max(1000).default(2),
      'Tensors at the end of the model that never leave; 2 are the weights and the bias of the output',
      'count',
    ),
  }),
  keeps: ({ tensors }) => tensors,
});
