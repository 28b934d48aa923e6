import type { Batch, Notice, TableName } from '../core/events.js';
import type { Ready } from '../core/protocol.js';
import { stream } from '../core/random.js';
import type { Scenario } from '../core/scenario.js';
import type { Stage } from '../core/types.js';
import { exchangeOf, formFederations, type Federation } from './federations.js';
import type { Underway } from './lateness.js';
import type { Presence } from './presence.js';
import { nothingSpent, type PrivacyState } from './privacy/accounts.js';
import { installs } from './round/installs.js';
import type { TrainingFlops } from './mandates/migration.js';
import { hostName, type HostPlan } from './transport/plan.js';
import type { Transport } from './transport/transport.js';
import { requireEqualHosts } from './unequal-hosts.js';
import { welcomes } from './welcome.js';

/** The federations' side of the world: who has which architecture, and what each federation knows. */
export interface Learning {
  readonly architecture: Int32Array;
  readonly federations: readonly Federation[];
  readonly round: number;
  /** Updates that were sent and have not arrived. */
  readonly underway: readonly Underway[];
  /** What privacy has spent, and the bounds it has come to. */
  readonly privacy: PrivacyState;
  readonly parameterCounts: Int32Array;
  readonly initial: readonly Float32Array[];
  /** Trees in each architecture's model; 0 where parameters are averaged. */
  readonly blocks: Int32Array;
  /** Public probe inputs: rows x features. */
  readonly probes: Float32Array;
  /** Mean forecast of each architecture's institutions on the probes: architectures x rows. */
  readonly meanForecasts: Float32Array;
  readonly flops: TrainingFlops;
}

/** Hosts, and who sits at which. */
export interface Hosts {
  readonly transport: Transport;
  readonly plans: readonly HostPlan[];
  /** Who of them is there. */
  readonly presence: Presence;
}

/** What learning adds to a day's record. */
export interface LearningFacts {
  readonly tables: Readonly<Partial<Record<TableName, Batch>>>;
  readonly notices: readonly Notice[];
}

/** What learning did on a day. */
export interface Learned {
  readonly learning: Learning;
  readonly facts: LearningFacts;
}

/** A day without a round. */
export const nothingLearned = (learning: Learning): Learned => ({
  learning,
  facts: { tables: {}, notices: [] },
});

function split(flat: Float32Array, counts: Int32Array): Float32Array[] {
  let at = 0;
  return Array.from(counts, (n) => flat.slice(at, (at += n)));
}

/** Gives every host its seats and learns what first models they share. */
export async function openLearning(scenario: Scenario, stage: Stage, hosts: Hosts): Promise<Learning> {
  const names = scenario.learning.architectures.map((a) => a.name);
  const architecture = Int32Array.from(stage.institutions, (i) => names.indexOf(i.architecture));
  const replies: Ready[] = await hosts.transport.exchange(
    welcomes(scenario, stage, hosts.plans, architecture),
  );
  const ids = stage.institutions.map(({ id }) => id);
  requireEqualHosts(
    names,
    hosts.plans.map((plan) => hostName(ids, plan)),
    replies,
  );
  const first = replies[0]!;
  const initial = split(first.initial, first.parameterCounts);
  const draw = stream({ seed: scenario.seed, purpose: 'probes' });
  return {
    architecture,
    federations: formFederations(scenario, stage, architecture, initial, [], 0),
    round: 0,
    underway: [],
    privacy: nothingSpent,
    parameterCounts: first.parameterCounts,
    blocks: first.blocks,
    initial,
    probes: Float32Array.from({ length: scenario.federation.probes * first.features }, () => draw.normal()),
    meanForecasts: new Float32Array(names.length * scenario.federation.probes),
    flops: { step: first.flopsPerStep, refit: first.flopsPerRefit, refitRow: first.flopsPerRefitRow },
  };
}

/** Groups institutions anew before a round in which a mandate moved some, or draws federations anew. */
export function reassign(
  scenario: Scenario,
  stage: Stage,
  learning: Learning,
  { architecture, rotated }: { readonly architecture: Int32Array; readonly rotated: boolean },
): Learning {
  if (architecture === learning.architecture && !rotated) return learning;
  const { initial, federations, round } = learning;
  return {
    ...learning,
    architecture,
    federations: formFederations(scenario, stage, architecture, initial, federations, round + 1),
  };
}

/** Those who have a new architecture start from their federation's model, unless it is one of forecasts; those who only change federations keep
 * their own, and send updates relative to the new one's from now on. */
export async function welcomeNewcomers(
  scenario: Scenario,
  { transport, plans }: Hosts,
  { federations, round }: Learning,
  before: readonly Federation[],
  moved: ReadonlySet<number>,
): Promise<void> {
  const greet = (mixing: number, seats: ReadonlySet<number>): Promise<unknown> | undefined =>
    seats.size === 0
      ? undefined
      : transport.exchange(installs(scenario, { federations, plans, round, mixing, only: seats }));
  await greet({ parameters: 1, forecasts: 0 }[exchangeOf(scenario).of], moved);
  await greet(0, changedFederation(before, federations, moved));
}

/** Seats whose federation is another than before, without those that moved. */
function changedFederation(
  before: readonly Federation[],
  after: readonly Federation[],
  moved: ReadonlySet<number>,
): ReadonlySet<number> {
  if (before === after) return new Set();
  const was = new Map(before.flatMap(({ id, members }) => members.map((seat) => [seat, id] as const)));
  return new Set(
    after.flatMap(({ id, members }) => members.filter((seat) => was.get(seat) !== id && !moved.has(seat))),
  );
}
