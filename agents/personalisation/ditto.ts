import { z } from 'zod';
import { field } from '../../core/scenario/field.js';
import { personalisation } from './personalisation.js';

/** Two models an institution: a copy of the federation's, which is trained for it, and its own, which it decides by.
 * @formula v_i minimises F_i(v) + μ/2 ‖v − w̄‖²; the update comes from a copy that starts at w̄
 * @source  Li et al. 2021, ICML (arXiv 2012.04221), algorithm 1
 * @pitfall mixing comes on top: the paper's method is homogeneity.updates 0
 */
export const ditto = personalisation({
  summary:
    'A copy of the federation’s model is trained for it; the model in use is pulled towards it (Ditto)',
  source: 'Li et al. 2021, arXiv 2012.04221',
  needs: 'penalties',
  options: z.strictObject({
    mu: field(
      z.number().min(0).default(0.1),
      'Weight μ of the pull towards the federation’s model',
      'weight',
    ),
  }),
  pull: ({ mu }) => mu,
});
