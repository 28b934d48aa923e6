import { z } from 'zod';
import type { Privacy } from './mechanism.js';

/** Nothing is hidden from whoever receives a federation's model. */
export const none: Privacy = {
  summary: 'A federation’s model is what its updates make of it, without noise',
  source: 'McMahan et al. 2017, arXiv 1602.05629',
  options: z.strictObject({}),
};
