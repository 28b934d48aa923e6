import { z } from 'zod';
import { field } from '../../core/scenario/field.js';
import type { SecureAggregation } from './secure-aggregation.js';

/** Updates behind masks that cancel in their sum.
 * @formula y_i = ⌊s x_i⌉ + m_i + Σ_{j>i} m_ij − Σ_{j<i} m_ji (mod 2³²);  Σ y_i − Σ m_i = ⌊s Σ x_i⌉
 * @source  Bonawitz et al. 2017, CCS: X25519 agreements, Shamir shares of the seeds for those who drop out
 * @pitfall the coordinator hands out the public keys: one that forges them is not kept out
 */
export const pairwiseMasks: SecureAggregation = {
  summary: 'Updates behind pairwise masks: the coordinator learns their sum and nothing else of them',
  source: 'Bonawitz et al. 2017, CCS',
  options: z.strictObject({
    threshold: field(
      z.number().gt(0.5).max(1).default(0.67),
      'Share of those who take part that is needed to uncover the sum; with fewer left the model stays',
      'share of count',
    ),
    range: field(
      z.number().gt(0).max(1e6).default(16),
      'Largest number that an update may hold; whoever has a larger one sits the round out. Sums are exact to n·range/2³⁰',
      'parameter',
    ),
  }),
  sums: true,
};
