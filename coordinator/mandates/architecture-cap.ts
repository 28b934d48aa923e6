import { z } from 'zod';
import { groupShares } from '../../core/diversity.js';
import type { Assignment, Mandate, Move, RosterView } from './mandate.js';
import { unmetAtOpening } from './opening-roster.js';
import { chosenHow, inOrder, selectionSchema } from './selection.js';

const options = z.strictObject({
  maxShare: z.number().gt(0).max(1).meta({
    description: 'Largest share of assets under management that one architecture may have.',
    unit: 'share',
  }),
  selectBy: selectionSchema,
});

const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;

const argmin = (values: Float64Array, eligible: (i: number) => boolean = () => true): number =>
  values.reduce((least, v, i) => (eligible(i) && !(least >= 0 && v >= values[least]!) ? i : least), -1);

/** Moves institutions, in the order of the selection, from each architecture above the cap to the one with the least assets
 * that they may have, as long as that does not put the receiver above the cap in its turn. */
function assign({ maxShare, selectBy }: z.output<typeof options>, view: RosterView): Assignment {
  const architecture = view.architecture.slice();
  const shares = groupShares(architecture, view.aum, view.architectures.length);
  const total = view.aum.reduce((a, b) => a + b, 0);
  const moves: Move[] = [];
  for (let a = 0; a < shares.length; a++) {
    if (shares[a]! <= maxShare) continue;
    for (const seat of inOrder(view, architecture, a, argmin(shares), selectBy)) {
      if (shares[a]! <= maxShare) break;
      const to = argmin(shares, (b) => view.mayHave(seat, b));
      const size = view.aum[seat]! / total;
      if (to === a || shares[to]! + size > maxShare) continue;
      const reason = `${view.architectures[a]!} holds ${percent(shares[a]!)} of assets, above ${percent(maxShare)}; ${chosenHow[selectBy]}`;
      moves.push({ seat, to, reason });
      [shares[a], shares[to]] = [shares[a]! - size, shares[to]! + size];
      architecture[seat] = to;
    }
  }
  const over = shares.findIndex((s) => s > maxShare + 1e-12);
  if (over < 0) return { moves };
  const unmet = `${view.architectures[over]!} still holds ${percent(shares[over]!)} of assets: no institution left to move is small enough`;
  return { moves, unmet };
}

/** Cap on any architecture's share of assets under management, enforced before every round.
 * @source Kleinberg & Raghavan 2021, PNAS 118(22) (algorithmic monoculture), for why one would want it
 */
export const architectureCap = {
  summary:
    "Caps any architecture's share of assets under management; who must move is drawn by lot, or goes by size or cost.",
  source: 'Kleinberg & Raghavan 2021, PNAS 118(22)',
  options,
  check: (chosen, scenario) => {
    const count = scenario.learning.architectures.length;
    const cap = Number(chosen['maxShare']);
    const least = `1/${count} = ${(1 / count).toFixed(4)}`;
    const low = `${cap} cannot be met by ${count} architectures: it is below ${least}; add architectures or raise it`;
    const pooled =
      'cannot move institutions between pooled learners: federation.membership must not be centralised';
    if (scenario.federation.membership === 'centralised') return [{ path: ['kind'], message: pooled }];
    if (cap * count < 1 - 1e-12) return [{ path: ['maxShare'], message: low }];
    const unmet = unmetAtOpening((view) => assign(chosen as never, view), scenario);
    return unmet === undefined
      ? []
      : [{ path: ['maxShare'], message: `${cap} ${unmet}`, on: [['institutions', 'count']] }];
  },
  assign,
} satisfies Mandate;
