import type { Notice, NoticeKind } from '../core/events.js';
import { stream } from '../core/random.js';
import { byCodeUnit } from '../core/roster.js';
import type { Scenario } from '../core/scenario.js';
import type { Contribution } from './round/contribution.js';

/** An update that was sent and has not arrived; plain data, part of a checkpoint. */
export interface Underway {
  readonly contribution: Contribution;
  /** The round that it answers. */
  readonly round: number;
  /** The round in which it arrives. */
  readonly due: number;
  /** Who held the seat when it was sent. */
  readonly generation: number;
  /** Whose model it is a difference from. */
  readonly federation: string;
}

/** What a round's lateness depends on. */
export interface Lateness {
  readonly round: number;
  readonly underway: readonly Underway[];
  /** Who learns under a name now; undefined where the seat is empty. */
  readonly holder: (learner: string) => Holder | undefined;
}

/** How many held a learner's seat before, the architecture that it has, and whom it aggregates with. */
export interface Holder {
  readonly generation: number;
  readonly architecture: number;
  readonly federation: string;
}

/** The updates that a round works with, and those that are still to come. */
export interface Arrivals {
  readonly contributions: readonly Contribution[];
  readonly underway: readonly Underway[];
  readonly notices: readonly Notice[];
}

/** Rounds by which an update is late: drawn for this learner and round, whoever else there is. */
function drawnDelay({ seed, federation }: Scenario, learner: string, round: number): number {
  const { lateShare, lateRounds } = federation.participation;
  if (lateShare === 0) return 0;
  const draw = stream({ seed, purpose: 'lateness', entity: learner, round });
  return draw.uniform() < lateShare ? 1 + draw.integer(lateRounds) : 0;
}

/** Whether a learner is asked for an update: drawn by lot, and never while one of its own is under way. */
export function isAsked(scenario: Scenario, { round, underway }: Lateness, learner: string): boolean {
  if (underway.some(({ contribution }) => contribution.institution === learner)) return false;
  const { askedShare } = scenario.federation.participation;
  if (askedShare === 1) return true;
  return stream({ seed: scenario.seed, purpose: 'asked', entity: learner, round }).uniform() < askedShare;
}

/** Why an update that arrives is of no use any more. */
function refusal(scenario: Scenario, { round, holder }: Lateness, sent: Underway): string | undefined {
  const { maxStaleness } = scenario.federation.participation;
  const { institution, architecture } = sent.contribution;
  const now = holder(institution);
  if (now?.generation !== sent.generation) return 'whoever sent it is out of business';
  if (now.architecture !== architecture) return 'whoever sent it has another architecture now';
  if (now.federation !== sent.federation) return 'whoever sent it is in another federation now';
  return round - sent.round > maxStaleness
    ? `of round ${sent.round}, in round ${round}: later than maxStaleness ${maxStaleness}`
    : undefined;
}

const notice = (kind: NoticeKind, rows: readonly Record<string, string | number>[]): Notice[] =>
  rows.length === 0
    ? []
    : [
        {
          kind,
          columns: Object.fromEntries(Object.keys(rows[0]!).map((name) => [name, rows.map((r) => r[name]!)])),
        },
      ];

/** A contribution that does not lie in its message. */
const owned = (sent: Contribution): Contribution => ({
  ...sent,
  delta: sent.delta.slice(),
  ...(sent.controlDelta ? { controlDelta: sent.controlDelta.slice() } : {}),
});

/** Sorts a round's fresh updates into those on time and those that will be late, and takes in those now due.
 * Each update is used once, or refused with a reason; none is lost without a word. */
export function arrivals(scenario: Scenario, lateness: Lateness, fresh: readonly Contribution[]): Arrivals {
  const { round } = lateness;
  const sent = fresh.map((contribution): Underway => {
    const { institution } = contribution;
    const due = round + drawnDelay(scenario, institution, round);
    const { generation = 0, federation = '' } = lateness.holder(institution) ?? {};
    return { contribution, round, due, generation, federation };
  });
  const late = sent
    .filter(({ due }) => due > round)
    .map((u) => ({ ...u, contribution: owned(u.contribution) }));
  const due = lateness.underway.filter((u) => u.due === round);
  const judged = due.map((u) => ({ ...u, reason: refusal(scenario, lateness, u) }));
  const taken = judged.filter(({ reason }) => reason === undefined);
  const stale = judged.filter(({ reason }) => reason !== undefined);
  return {
    contributions: [
      ...sent.filter((s) => s.due === round).map(({ contribution }) => contribution),
      ...taken.map((u) => ({ ...u.contribution, staleness: round - u.round })),
    ].sort((a, b) => byCodeUnit(a.institution, b.institution)),
    underway: [...lateness.underway.filter((u) => u.due > round), ...late],
    notices: [
      ...notice(
        'late',
        late.map((u) => ({ institution: u.contribution.institution, round, due: u.due })),
      ),
      ...notice(
        'arrived-late',
        taken.map((u) => ({
          institution: u.contribution.institution,
          round: u.round,
          staleness: round - u.round,
        })),
      ),
      ...notice(
        'stale',
        stale.map((u) => ({
          institution: u.contribution.institution,
          round: u.round,
          reason: u.reason!,
        })),
      ),
    ],
  };
}
