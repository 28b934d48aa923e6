import type { Batch, Notice, TableName } from '../core/events.js';
import type { ProbeReply, Ready, Train } from '../core/protocol.js';
import { stream } from '../core/random.js';
import type { Scenario } from '../core/scenario.js';
import type { Stage } from '../core/types.js';
import { skillColumns, skillWidth } from '../core/skill.js';
import { formFederations, mixingOf, type Federation } from './federations.js';
import { aggregate, collect, installs, roundNotices, roundRows, updateRows } from './round.js';
import { seatsOf, type HostPlan } from './transport/plan.js';
import type { Transport } from './transport/transport.js';
import { welcomes } from './welcome.js';

/** The federations' side of the world: who has which architecture, and what each federation knows. */
export interface Learning {
  readonly architecture: Int32Array;
  readonly federations: readonly Federation[];
  readonly round: number;
  readonly parameterCounts: Int32Array;
  readonly initial: readonly Float32Array[];
  /** Trees in each architecture's model; 0 where parameters are averaged. */
  readonly blocks: Int32Array;
  /** Public probe inputs: rows x features. */
  readonly probes: Float32Array;
  /** Mean forecast of each architecture's institutions on the probes: architectures x rows. */
  readonly meanForecasts: Float32Array;
  readonly flopsPerStep: Float64Array;
  readonly flopsPerForecast: Float64Array;
  readonly engine: string;
}

/** Hosts, and who sits at which. */
export interface Hosts {
  readonly transport: Transport;
  readonly plans: readonly HostPlan[];
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
  const first = replies[0]!;
  const initial = split(first.initial, first.parameterCounts);
  const draw = stream({ seed: scenario.seed, purpose: 'probes' });
  return {
    architecture,
    federations: formFederations(scenario, stage, architecture, initial, []),
    round: 0,
    parameterCounts: first.parameterCounts,
    blocks: first.blocks,
    initial,
    probes: Float32Array.from({ length: scenario.federation.probes * first.features }, () => draw.normal()),
    meanForecasts: new Float32Array(names.length * scenario.federation.probes),
    flopsPerStep: first.flopsPerStep,
    flopsPerForecast: first.flopsPerForecast,
    engine: first.engine,
  };
}

/** Groups institutions anew after a mandate moved some. */
export const reassign = (
  scenario: Scenario,
  stage: Stage,
  learning: Learning,
  architecture: Int32Array,
): Learning =>
  architecture === learning.architecture
    ? learning
    : {
        ...learning,
        architecture,
        federations: formFederations(scenario, stage, architecture, learning.initial, learning.federations),
      };

/** Newcomers start from their federation's model. */
export async function welcomeNewcomers(
  hosts: Hosts,
  learning: Learning,
  newcomers: ReadonlySet<number>,
): Promise<void> {
  if (newcomers.size === 0) return;
  await hosts.transport.exchange(installs(learning.federations, hosts.plans, learning.round, 1, newcomers));
}

/** One federated round: train everywhere, aggregate, hand the models out, probe. */
export async function learn(
  scenario: Scenario,
  stage: Stage,
  hosts: Hosts,
  learning: Learning,
  day: number,
): Promise<Learned> {
  if (scenario.learning.localSteps === 0) return nothingLearned(learning);
  const round = learning.round + 1;
  const { probes, meanForecasts } = learning;
  const train: Train = { type: 'train', round, probes, meanForecasts };
  const replies = await hosts.transport.exchange(hosts.plans.map(() => train));
  const { blocks } = learning;
  const contributions = collect(replies, learning.parameterCounts);
  const outcomes = aggregate(scenario, learning.federations, contributions, { round, blocks });
  const federations = outcomes.map((o) => o.federation);
  await hosts.transport.exchange(installs(federations, hosts.plans, round, mixingOf(scenario)));
  const forecasts = await probeAll(hosts, learning.probes, stage.institutions.length);
  const tables = {
    rounds: roundRows(day, round, outcomes),
    ...(scenario.record === 'full' ? { updates: updateRows(day, round, outcomes) } : {}),
    skill: skillRows(
      day,
      hosts.plans,
      replies.map((r) => r.skill),
    ),
    probes: probeRows(day, forecasts, stage.institutions.length),
  };
  return {
    learning: { ...learning, round, federations, meanForecasts: means(forecasts, learning) },
    facts: { tables, notices: roundNotices(round, outcomes, replies) },
  };
}

/** Every institution's forecasts on the public probes: institutions x rows. */
async function probeAll(hosts: Hosts, inputs: Float32Array, institutions: number): Promise<Float32Array> {
  if (inputs.length === 0) return new Float32Array(0);
  const replies: ProbeReply[] = await hosts.transport.exchange(
    hosts.plans.map(() => ({ type: 'probe' as const, inputs })),
  );
  const plan = hosts.plans.map(seatsOf);
  const rows = replies[0]!.forecasts.length / plan[0]!.length;
  const all = new Float32Array(institutions * rows);
  replies.forEach((reply, h) => {
    const own = new Set(hosts.plans[h]!.own);
    plan[h]!.forEach((seat, i) => {
      if (own.has(seat)) all.set(reply.forecasts.subarray(i * rows, (i + 1) * rows), seat * rows);
    });
  });
  return all;
}

/** Mean forecast on each probe by architecture. */
function means(forecasts: Float32Array, { architecture, initial }: Learning): Float32Array {
  const rows = forecasts.length / architecture.length;
  const sums = new Float64Array(initial.length * rows);
  const counts = new Float64Array(initial.length);
  architecture.forEach((a, i) => {
    counts[a]!++;
    for (let r = 0; r < rows; r++) sums[a * rows + r]! += forecasts[i * rows + r]!;
  });
  return Float32Array.from(sums, (sum, at) => sum / Math.max(1, counts[Math.floor(at / rows)]!));
}

function probeRows(day: number, forecasts: Float32Array, institutions: number): Batch {
  const rows = forecasts.length / institutions;
  return {
    day: new Int32Array(forecasts.length).fill(day),
    institution: Int32Array.from({ length: forecasts.length }, (_, at) => Math.floor(at / rows)),
    probe: Int32Array.from({ length: forecasts.length }, (_, at) => at % rows),
    forecast: forecasts,
  };
}

/** Rows of the `skill` table, in roster order. */
function skillRows(day: number, plans: readonly HostPlan[], skills: readonly Float64Array[]): Batch {
  const rows = plans
    .flatMap((plan, h) => {
      const own = new Set(plan.own);
      return seatsOf(plan).flatMap((seat, i) =>
        own.has(seat) ? [{ seat, sums: skills[h]!.subarray(i * skillWidth, (i + 1) * skillWidth) }] : [],
      );
    })
    .filter((row) => row.sums[0]! > 0)
    .sort((a, b) => a.seat - b.seat);
  return {
    day: new Int32Array(rows.length).fill(day),
    institution: Int32Array.from(rows, (r) => r.seat),
    ...Object.fromEntries(skillColumns.map((name, c) => [name, Float64Array.from(rows, (r) => r.sums[c]!)])),
  };
}
