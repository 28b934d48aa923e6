import { z } from 'zod';
import { byCodeUnit } from '../../core/roster.js';
import type { Mandate, MembersView } from './mandate.js';

const options = z.strictObject({
  maxMembers: z
    .int()
    .min(1)
    .meta({ description: 'Most institutions that may aggregate together.', unit: 'count' }),
});

/** Members in the order of their lots, cut into as few nearly equal parts as the cap allows. */
function split({ maxMembers }: z.output<typeof options>, { members, lot }: MembersView): number[] {
  const parts = Math.ceil(members.length / maxMembers);
  const lots = new Map(members.map((id) => [id, lot(id).uniform()]));
  const order = [...members].sort((a, b) => lots.get(a)! - lots.get(b)! || byCodeUnit(a, b));
  const part = new Map(order.map((id, rank) => [id, Math.floor((rank * parts) / members.length)]));
  return members.map((id) => part.get(id)!);
}

/** Cap on the number of institutions that aggregate together; who shares with whom is drawn by lot, once.
 * @source McMahan et al. 2017, AISTATS (federated averaging), whose pooling it limits
 * @pitfall what it costs is skill: each part pools fewer histories
 */
export const federationSizeCap = {
  summary: 'Caps how many institutions aggregate together; a larger federation is split by lot.',
  source: 'McMahan et al. 2017, AISTATS',
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
  contradicts: ({ maxMembers }, other) =>
    other['kind'] === 'federation-rotation' && Number(maxMembers) === 1
      ? 'leaves nobody to rotate: everybody would aggregate alone'
      : undefined,
  split,
} satisfies Mandate;
