import { createHash } from 'node:crypto';
import type { Batch, Notice } from '../core/events.js';
import type { Install, Updates } from '../core/protocol.js';
import { stream } from '../core/random.js';
import { byCodeUnit } from '../core/roster.js';
import type { Scenario } from '../core/scenario.js';
import type { Update } from './aggregation/aggregation.js';
import { bag } from './aggregation/bagging.js';
import { TooFewUpdates } from './aggregation/too-few-updates.js';
import { mixingOf, ruleOf, type Federation } from './federations.js';
import { seatsOf, type HostPlan } from './transport/plan.js';

/** One learner's contribution to a round. */
export interface Contribution extends Update {
  readonly architecture: number;
  readonly loss: number;
}

const euclidean = (v: ArrayLike<number>): number => {
  let sum = 0;
  for (let j = 0; j < v.length; j++) sum += v[j]! * v[j]!;
  return Math.sqrt(sum);
};

/** The contributions of all hosts in order of learner id: no result depends on who answered first. */
export function collect(replies: readonly Updates[], parameterCounts: Int32Array): Contribution[] {
  const all = replies.flatMap((reply) => {
    let at = 0;
    return reply.learners.map((institution, u): Contribution => {
      const architecture = reply.architecture[u]!;
      const from = at;
      at += parameterCounts[architecture]!;
      return {
        institution,
        architecture,
        examples: reply.examples[u]!,
        loss: reply.loss[u]!,
        delta: reply.deltas.subarray(from, at),
      };
    });
  });
  return all.sort((a, b) => byCodeUnit(a.institution, b.institution));
}

/** What one federation made of a round. */
export interface Outcome {
  readonly federation: Federation;
  readonly contributions: readonly Contribution[];
  /** Distance of each contributor's model to the federation's after mixing. */
  readonly distances: readonly number[];
  /** Why its model stayed as it was although updates came. */
  readonly refused?: string;
}

/** Distance after mixing: (1 − λ) ‖w_i − w̄‖, where w_i is the model at the round's start plus the update. */
function distances(
  before: Float32Array,
  after: Float32Array,
  contributions: readonly Contribution[],
  mixing: number,
): number[] {
  return contributions.map(
    ({ delta }) => (1 - mixing) * euclidean(delta.map((d, j) => before[j]! + d - after[j]!)),
  );
}

/** Which round it is, and the trees in each architecture's model (0: its parameters are averaged). */
export interface Pooling {
  readonly round: number;
  readonly blocks: Int32Array;
}

/** The next model and rule's memory. Forests are bagged; a model without parameters federates nothing. */
function combine(
  scenario: Scenario,
  { id, architecture, parameters, learners, state }: Federation,
  updates: readonly Contribution[],
  { round, blocks }: Pooling,
): Pick<Federation, 'parameters' | 'state'> {
  const trees = blocks[architecture]!;
  if (parameters.length === 0) return { parameters, state };
  if (trees > 0) {
    const draws = stream({ seed: scenario.seed, purpose: 'bagging', entity: id, round });
    return { parameters: bag(parameters, updates, trees, draws), state };
  }
  const population = learners.length;
  const options = scenario.federation.aggregation;
  return ruleOf(scenario).aggregate(state, { parameters, updates, population }, options);
}

/** One federation's round; too few updates for its rule leave its model as it was. */
function aggregateOne(
  scenario: Scenario,
  federation: Federation,
  own: readonly Contribution[],
  pooling: Pooling,
): Outcome {
  const measured = (parameters: Float32Array): number[] =>
    distances(federation.parameters, parameters, own, mixingOf(scenario));
  try {
    const { parameters, state } = combine(scenario, federation, own, pooling);
    const next = { ...federation, parameters, state };
    return { federation: next, contributions: own, distances: measured(parameters) };
  } catch (error) {
    if (!(error instanceof TooFewUpdates)) throw error;
    const kept = measured(federation.parameters);
    return { federation, contributions: own, distances: kept, refused: error.message };
  }
}

/** The updates of each federation become its next model; one that got none keeps its own. */
export function aggregate(
  scenario: Scenario,
  federations: readonly Federation[],
  contributions: readonly Contribution[],
  pooling: Pooling,
): Outcome[] {
  return federations.map((federation) => {
    const learners = new Set(federation.learners);
    const own = contributions.filter(
      (c) => learners.has(c.institution) && c.architecture === federation.architecture,
    );
    return own.length === 0
      ? { federation, contributions: [], distances: [] }
      : aggregateOne(scenario, federation, own, pooling);
  });
}

/** Each host gets the models of the federations that its seats belong to. */
export function installs(
  federations: readonly Federation[],
  plans: readonly HostPlan[],
  round: number,
  mixing: number,
  only?: ReadonlySet<number>,
): Install[] {
  return plans.map((plan) => {
    const seats = seatsOf(plan);
    const place = new Map(plan.own.map((seat) => [seat, seats.indexOf(seat)]));
    const here = federations.flatMap((f, index) => {
      const mine = f.members.flatMap((seat) =>
        place.has(seat) && (only?.has(seat) ?? true) ? [place.get(seat)!] : [],
      );
      const pool =
        f.learners.includes(f.id) && plan.shadows.length + plan.own.length > 0 && isFirst(plan, plans)
          ? [seats.length + poolSlot(federations, index)]
          : [];
      const receivers = [...mine, ...(only ? [] : pool)];
      return receivers.length > 0 ? [{ federation: f, receivers }] : [];
    });
    const parameters = new Float32Array(here.reduce((sum, h) => sum + h.federation.parameters.length, 0));
    here.reduce(
      (at, h) => (parameters.set(h.federation.parameters, at), at + h.federation.parameters.length),
      0,
    );
    return {
      type: 'install',
      round,
      federations: here.map((h) => ({ architecture: h.federation.architecture, seats: h.receivers, mixing })),
      parameters,
    };
  });
}

const isFirst = (plan: HostPlan, plans: readonly HostPlan[]): boolean => plan === plans[0];

/** Pools are numbered by architecture. */
const poolSlot = (federations: readonly Federation[], index: number): number =>
  federations[index]!.architecture;

/** Rows of the `rounds` table. */
export function roundRows(day: number, round: number, outcomes: readonly Outcome[]): Batch {
  const rows = outcomes.flatMap((o) =>
    o.contributions.map((c, i) => ({ ...c, federation: o.federation.id, distance: o.distances[i]! })),
  );
  return {
    day: new Int32Array(rows.length).fill(day),
    round: new Int32Array(rows.length).fill(round),
    federation: rows.map((r) => r.federation),
    institution: rows.map((r) => r.institution),
    examples: Int32Array.from(rows, (r) => r.examples),
    loss: Float64Array.from(rows, (r) => r.loss),
    updateNorm: Float64Array.from(rows, (r) => euclidean(r.delta)),
    distance: Float64Array.from(rows, (r) => r.distance),
    updateHash: rows.map((r) => digest(r.delta)),
  };
}

/** Rows of the `updates` table, which a full record keeps. */
export function updateRows(day: number, round: number, outcomes: readonly Outcome[]): Batch {
  const sent = outcomes.flatMap((o) => o.contributions);
  const rows = sent.reduce((sum, c) => sum + c.delta.length, 0);
  return {
    day: new Int32Array(rows).fill(day),
    round: new Int32Array(rows).fill(round),
    institution: sent.flatMap((c) => new Array<string>(c.delta.length).fill(c.institution)),
    parameter: Int32Array.from(sent.flatMap((c) => Array.from(c.delta, (_, j) => j))),
    delta: Float32Array.from(sent.flatMap((c) => Array.from(c.delta))),
  };
}

const digest = (v: Float32Array): string =>
  createHash('sha256')
    .update(new Uint8Array(v.buffer, v.byteOffset, v.byteLength))
    .digest('hex')
    .slice(0, 16);

export function roundNotices(
  round: number,
  outcomes: readonly Outcome[],
  replies: readonly Updates[],
): Notice[] {
  const satOut = replies.flatMap((r) => r.satOut).sort((a, b) => byCodeUnit(a.id, b.id));
  const notices: Notice[] = [
    {
      kind: 'round',
      columns: {
        round: outcomes.map(() => round),
        federation: outcomes.map((o) => o.federation.id),
        participants: outcomes.map((o) => o.contributions.length),
        absent: outcomes.map((o) => o.federation.learners.length - o.contributions.length),
      },
    },
  ];
  const refused = outcomes.filter((o) => o.refused !== undefined);
  if (refused.length > 0)
    notices.push({
      kind: 'not-aggregated',
      columns: {
        federation: refused.map((o) => o.federation.id),
        round: refused.map(() => round),
        reason: refused.map((o) => o.refused!),
      },
    });
  if (satOut.length > 0)
    notices.push({
      kind: 'sat-out',
      columns: {
        institution: satOut.map((s) => s.id),
        round: satOut.map(() => round),
        reason: satOut.map((s) => s.reason),
      },
    });
  return notices;
}
