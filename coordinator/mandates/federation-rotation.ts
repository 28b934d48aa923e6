import { z } from 'zod';
import { byCodeUnit } from '../../core/roster.js';
import type { Mandate, MembersView } from './mandate.js';

const options = z.strictObject({
  parts: z.int().min(2).max(1000).meta({
    description: 'Federations into which each federation is cut, nearly equal in members.',
    unit: 'count',
  }),
  everyRounds: z.int().min(1).max(10_000).default(4).meta({
    description: 'Rounds after which it is drawn anew who is in which.',
    unit: 'rounds',
  }),
});

type Options = z.output<typeof options>;

/** Members in the order of this term's lots, dealt out in equal parts; fewer members than parts are one each. */
function split({ parts, everyRounds }: Options, { members, lot, round }: MembersView): number[] {
  const term = Math.floor(Math.max(0, round - 1) / everyRounds);
  const count = Math.min(parts, members.length);
  const lots = new Map(members.map((id) => [id, lot(`${id}.term-${term}`).uniform()]));
  const order = [...members].sort((a, b) => lots.get(a)! - lots.get(b)! || byCodeUnit(a, b));
  const part = new Map(order.map((id, rank) => [id, Math.floor((rank * count) / members.length)]));
  return members.map((id) => part.get(id)!);
}

/** Who aggregates with whom is drawn anew every few rounds: no group of institutions shares one model for long.
 * A member takes its own model along; the federation's stays where it is.
 * @source Bommasani et al. 2022, NeurIPS (shared components homogenise outcomes), for what is to be broken up
 * @pitfall a rotation carries what one federation learned into the next: in the long run it mixes all of them
 */
export const federationRotation = {
  summary: 'Cuts federations into parts and draws by lot, every few rounds, who is in which.',
  source: 'Bommasani et al. 2022, NeurIPS',
  options,
  check: ({ everyRounds }, { federation, days, roundEvery }) => {
    const alone: Readonly<Record<string, string>> = {
      centralised:
        'cannot be met with one pooled learner: federation.membership must be architecture or type',
      local: 'has nobody to rotate where everybody learns alone: federation.membership must not be local',
    };
    const message = alone[federation.membership];
    if (message !== undefined) return [{ path: ['kind'], message }];
    const rounds = Math.floor(days / roundEvery);
    const never = `${Number(everyRounds)} rounds are not over before the last of ${rounds}: nothing would ever rotate`;
    return Number(everyRounds) >= rounds ? [{ path: ['everyRounds'], message: never }] : [];
  },
  contradicts: (_chosen, other) => {
    if (other['kind'] === 'federation-rotation') return 'rotation is already asked for';
    if (other['kind'] !== 'federation-size-cap' || Number(other['maxMembers']) > 1) return undefined;
    return 'has nobody to rotate where everybody aggregates alone';
  },
  split,
  rotates: ({ everyRounds }: Options, round) => round > 1 && (round - 1) % everyRounds === 0,
} satisfies Mandate;
