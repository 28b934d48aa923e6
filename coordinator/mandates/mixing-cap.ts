import { z } from 'zod';
import type { Mandate } from './mandate.js';

const options = z.strictObject({
  maxMixing: z.number().min(0).max(1).meta({
    description: "Largest share of the federation's model in a member's own after a round.",
    unit: 'share',
  }),
});

/** Cap on how much of its federation's model an institution takes over after a round; it binds all alike.
 * @source Kleinberg & Raghavan 2021, PNAS 118(22), for what sharing one model costs; mixing as in FedAvg with local models
 * @pitfall what it costs is skill: less is pooled
 */
export const mixingCap = {
  summary: "Caps the share of a federation's model in each member's own; it binds all members alike.",
  source: 'Kleinberg & Raghavan 2021, PNAS 118(22)',
  options,
  check: (_chosen, scenario) =>
    scenario.federation.membership === 'centralised'
      ? [
          {
            path: ['kind'],
            message: 'cannot be met with one pooled learner: federation.membership must not be centralised',
          },
        ]
      : [],
  mixing: ({ maxMixing }: z.output<typeof options>) => maxMixing,
} satisfies Mandate;
