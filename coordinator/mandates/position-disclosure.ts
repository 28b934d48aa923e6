import { z } from 'zod';
import { disclosedPositions } from '../../core/scenario/read-names.js';
import type { Mandate } from './mandate.js';

const options = z.strictObject({
  delayDays: z.int().min(1).max(1000).default(1).meta({
    description: 'Days after which the close’s positions are public; 1: on the next morning.',
    unit: 'days',
  }),
});

/** Publishes what institutions hold together, asset by asset: one more thing to learn from, and the same for all.
 * @formula x_k = clip(10 · Σ_i V_i (w_ik − b_ik) / Σ_i V_i b_ik, −4, 4), V_i the value of i's holdings, w its weights, b its benchmark's
 * @source Sias, Starks & Titman 2006, Journal of Business 79(6) (what disclosed institutional positions say of returns); DeMarzo & Kaniel 2023, Journal of Finance 78(4)
 * @pitfall it may calm a crowd or gather one: it is a signal with the same noise for all; the private past has none of it, so its use is learned in the run
 */
export const positionDisclosure = {
  summary:
    'Publishes, some days late, how far institutions together are from their benchmarks in each asset.',
  source: 'Sias, Starks & Titman 2006, Journal of Business 79(6)',
  options,
  check: ({ delayDays }, { sources, days }) => {
    const taken = `publishes under the name ${disclosedPositions}, which a data source has: rename that`;
    const never = `${Number(delayDays)} days are not over before the last of ${days}: nothing would ever be published`;
    return [
      ...(disclosedPositions in sources ? [{ path: ['kind'], message: taken }] : []),
      ...(Number(delayDays) >= days ? [{ path: ['delayDays'], message: never }] : []),
    ];
  },
  contradicts: (_chosen, other) =>
    other['kind'] === 'position-disclosure' ? 'disclosure is already asked for' : undefined,
  discloses: ({ delayDays }: z.output<typeof options>) => delayDays,
} satisfies Mandate;
