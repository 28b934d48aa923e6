import { z } from 'zod';
import { personalisation } from './personalisation.js';

/** Every parameter is shared, and mixed in by homogeneity.updates. */
export const none = personalisation({
  summary:
    'All parameters are shared; homogeneity.updates says how much of the federation’s model is mixed in',
  source: 'Deng, Kamani & Mahdavi 2020, arXiv 2003.13461',
  needs: 'nothing',
  options: z.strictObject({}),
});
