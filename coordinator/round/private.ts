import type { Batch } from '../../core/events.js';
import type { Train } from '../../core/protocol.js';
import type { Scenario } from '../../core/scenario.js';
import type { Update } from '../aggregation/aggregation.js';
import type { Federation } from '../federations.js';
import type { Accounts, PrivacyState } from '../privacy/accounts.js';
import { privacyOf } from '../privacy/chosen.js';
import { clipAfter, clipOf, expected, noisedMean } from '../privacy/pooled.js';
import type { Outcome, Pooling } from './aggregate.js';
import type { Contribution } from './contribution.js';
import { NoModel } from './no-model.js';
import { clearSum, type Sum } from './sum.js';

type Bounds = Pick<Train, 'bounds' | 'countNoise'>;

/** Made anew for every message: columns move to another thread with it. */
const unbounded = (): Bounds => ({ bounds: new Float64Array(0), countNoise: new Float64Array(0) });

/** Which federation each learner is in. */
const federationsOf = (federations: readonly Federation[]): ReadonlyMap<string, string> =>
  new Map(federations.flatMap(({ id, learners }) => learners.map((learner) => [learner, id] as const)));

/** What each learner of a message is bound to.
 * @param asked how many a federation asks for updates, by id: where they add the noise, each adds its part
 */
export function boundsOf(
  scenario: Scenario,
  federations: readonly Federation[],
  { clip: clips }: PrivacyState,
  asked: ReadonlyMap<string, number>,
  learners: readonly string[],
): Bounds {
  const chosen = privacyOf(scenario);
  if (!chosen) return unbounded();
  const { noise, options } = chosen;
  const own = { coordinator: 0, institutions: 1 }[options.noise];
  const of = federationsOf(federations);
  const part = (id: string): number => own / Math.sqrt(Math.max(1, asked.get(id) ?? 0));
  const rows = learners.map((learner) => of.get(learner) ?? '');
  return {
    bounds: Float64Array.from(
      rows.flatMap((id) => {
        const clip = clipOf(chosen, clips, id);
        return [clip, noise.updates * clip * part(id)];
      }),
    ),
    countNoise: Float64Array.from(noise.count === undefined ? [] : rows.map((id) => noise.count! * part(id))),
  };
}

/** Sums by federation, where they were uncovered from behind masks. */
type Sums = ReadonlyMap<string, Sum> | undefined;

/** A federation's sum: uncovered, or added up here.
 * @throws {NoModel} where too few were left to uncover it
 */
function sumOf(sums: Sums, { id }: Federation, updates: readonly Contribution[]): Sum {
  if (!sums) return clearSum(updates);
  const sum = sums.get(id);
  if (!sum)
    throw new NoModel(`${updates.length} of those who agreed on masks are too few to uncover their sum`);
  return sum;
}

/** What the rule sees where institutions are hidden: one update, the mean of all. */
export function poolOf(
  scenario: Scenario,
  accounts: Accounts | undefined,
  sums: Sums,
  round: number,
): Pooling['pool'] {
  const chosen = privacyOf(scenario);
  if (!chosen || !accounts)
    return sums && ((federation, updates) => plainMean(federation, sumOf(sums, federation, updates)));
  return (federation, updates) => {
    const { id } = federation;
    const clip = clipOf(chosen, accounts.state.clip, id);
    const count = expected(scenario, accounts.able.get(id) ?? []);
    return noisedMean(scenario, chosen, federation, sumOf(sums, federation, updates), { round, clip, count });
  };
}

/** The mean of a federation's updates, as one. */
const plainMean = ({ id }: Federation, { updates, weight }: Sum): Update => ({
  institution: id,
  examples: 1,
  delta: Float32Array.from(updates, (s) => s / weight),
});

/** What privacy remembers after a round: the bounds that it has come to. */
export function privacyAfter(
  scenario: Scenario,
  accounts: Accounts | undefined,
  sums: Sums,
  outcomes: readonly Outcome[],
  round: number,
  before: PrivacyState,
): PrivacyState {
  const chosen = privacyOf(scenario);
  if (!chosen || !accounts) return before;
  const { state, able } = accounts;
  const clips = outcomes.flatMap(({ federation, contributions }): [string, number][] => {
    if (contributions.length === 0 || (sums && !sums.has(federation.id))) return [];
    const clip = clipOf(chosen, state.clip, federation.id);
    const count = expected(scenario, able.get(federation.id) ?? []);
    const sum = sumOf(sums, federation, contributions);
    return [[federation.id, clipAfter(scenario, chosen, federation, sum, { round, clip, count })]];
  });
  return { ...state, clip: { ...state.clip, ...Object.fromEntries<number>(clips) } };
}

/** Rows of the `privacy` table. */
export function privacyRows(
  scenario: Scenario,
  accounts: Accounts | undefined,
  day: number,
  round: number,
): { readonly privacy?: Batch } {
  const chosen = privacyOf(scenario);
  if (!chosen || !accounts) return {};
  const { rows, state, able } = accounts;
  const clip = rows.map(({ federation }) => clipOf(chosen, state.clip, federation));
  return {
    privacy: {
      day: new Int32Array(rows.length).fill(day),
      round: new Int32Array(rows.length).fill(round),
      federation: rows.map(({ federation }) => federation),
      institution: rows.map(({ institution }) => institution),
      epsilon: Float64Array.from(rows, ({ epsilon }) => epsilon),
      clip: Float64Array.from(clip),
      noise: Float64Array.from(rows, ({ federation }, r) => {
        const count = expected(scenario, able.get(federation) ?? []);
        return count > 0 ? (chosen.noise.updates * clip[r]!) / count : 0;
      }),
    },
  };
}
