import { z } from 'zod';
import type { SecureAggregation } from './secure-aggregation.js';

/** The coordinator sees every update, and any rule can work on them. */
export const none: SecureAggregation = {
  summary: 'Updates reach the coordinator in the clear',
  source: 'McMahan et al. 2017, arXiv 1602.05629',
  options: z.strictObject({}),
  sums: false,
};
