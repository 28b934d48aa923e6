import type { Notice } from '../../core/events.js';
import { stream } from '../../core/random.js';
import type { Scenario } from '../../core/scenario.js';
import { goesOn, plotsOf, type Plot } from '../attacks/attackers.js';
import type { Federation } from '../federations.js';
import { noticeOf } from '../oversight/notice-of.js';
import type { Contribution } from './contribution.js';

/** A round's updates after attackers have changed theirs, and who they were. */
export interface Attacked {
  readonly contributions: readonly Contribution[];
  readonly notices: readonly Notice[];
}

/** What the attackers of one federation send, by institution. */
function sentBy(
  { seed }: Scenario,
  { attack, attacking, attackers, index }: Plot,
  { id, learners, architecture }: Federation,
  contributions: readonly Contribution[],
  round: number,
): [string, Float32Array][] {
  const members = new Set(learners);
  const all = contributions.filter((c) => members.has(c.institution) && c.architecture === architecture);
  const own = all.filter(({ institution }) => attackers.has(institution));
  if (!attack.send || own.length === 0 || own[0]!.delta.length === 0) return [];
  const draws = stream({ seed, purpose: 'attack', entity: `${index}.${id}`, round });
  const sent = attack.send({ own, all, stream: draws }, attacking as never);
  return own.map(({ institution }, i) => [institution, sent[i]!]);
}

/** Lets attackers replace their updates, federation by federation: each sees what was trained, not what other attacks
 * made of it. */
export function attacked(
  scenario: Scenario,
  ids: readonly string[],
  federations: readonly Federation[],
  contributions: readonly Contribution[],
  round: number,
): Attacked {
  const plots = plotsOf(scenario, ids).filter((plot) => goesOn(plot, round));
  if (plots.length === 0) return { contributions, notices: [] };
  const sent = new Map(
    plots.flatMap((plot) => federations.flatMap((f) => sentBy(scenario, plot, f, contributions, round))),
  );
  const rows = contributions.flatMap(({ institution }) =>
    plots
      .filter(({ attackers }) => attackers.has(institution))
      .map(({ attacking }) => ({ institution, round, attack: attacking.kind })),
  );
  return {
    contributions: contributions.map((c) => ({ ...c, delta: sent.get(c.institution) ?? c.delta })),
    notices: noticeOf('attack', rows),
  };
}
