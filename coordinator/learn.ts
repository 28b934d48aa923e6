import type { Batch } from '../core/events.js';
import type { Scenario } from '../core/scenario.js';
import { skillColumns, skillWidth } from '../core/skill.js';
import type { Stage, World } from '../core/types.js';
import { mixingOf, poolId } from './federations.js';
import { arrivals, isAsked, type Holder, type Lateness } from './lateness.js';
import { nothingLearned, type Hosts, type Learned, type Learning } from './learning.js';
import { unmetForecasts } from './mandates/standing.js';
import { meanForecasts, probeAll, probeRows, representationRows } from './probe.js';
import { chargeRound, type Accounts } from './privacy/accounts.js';
import { aggregate, type Outcome } from './round/aggregate.js';
import { attacked } from './round/attack.js';
import { exampleAccounts } from './round/example-accounts.js';
import { gather, type Call } from './round/gather.js';
import { roundNotices, roundRows, updateRows } from './round/facts.js';
import { installs } from './round/installs.js';
import { poolOf, privacyAfter, privacyRows } from './round/private.js';
import { trainingRows } from './training-rows.js';
import { seatsOf, type HostPlan } from './transport/plan.js';

/** Ids of a host's learners, in the order of its messages: its seats, then the pools. */
function learnerIds(scenario: Scenario, stage: Stage, plan: HostPlan): string[] {
  const seats = seatsOf(plan).map((seat) => stage.institutions[seat]!.id);
  const pooled = scenario.federation.membership === 'centralised';
  return pooled ? [...seats, ...scenario.learning.architectures.map(({ name }) => poolId(name))] : seats;
}

/** The coming round, who is still to send in an update of an earlier one, and who learns under which name. */
function latenessOf(stage: Stage, { books }: World, learning: Learning): Lateness {
  const holders = new Map<string, Holder>();
  const federation = new Map(
    learning.federations.flatMap(({ id, learners }) => learners.map((learner) => [learner, id] as const)),
  );
  stage.institutions.forEach(({ id }, i) => {
    const [generation, architecture] = [books.generation[i]!, learning.architecture[i]!];
    if (books.active[i]) holders.set(id, { generation, architecture, federation: federation.get(id) ?? '' });
  });
  for (const { id: federation, learners, architecture } of learning.federations)
    for (const id of learners)
      if (!holders.has(id) && isPool(id)) holders.set(id, { generation: 0, architecture, federation });
  const { round, underway } = learning;
  return { round: round + 1, underway, holder: (learner) => holders.get(learner) };
}

const isPool = (id: string): boolean => id.startsWith(poolId(''));

/** Who is asked for an update in a round: who can pay for it, by lot. */
function callOf(
  scenario: Scenario,
  stage: Stage,
  { plans }: Hosts,
  lateness: Lateness,
  accounts: Accounts | undefined,
): Call {
  const able = accounts && new Set([...accounts.able.values()].flat());
  return {
    round: lateness.round,
    learners: plans.map((plan) => learnerIds(scenario, stage, plan)),
    asks: (id) => (able?.has(id) ?? true) && isAsked(scenario, lateness, id),
  };
}

/** Rows of the tables about a round's updates. */
const updateTables = ({ record }: Scenario, day: number, round: number, outcomes: readonly Outcome[]) => ({
  rounds: roundRows(day, round, outcomes),
  ...(record === 'full' ? { updates: updateRows(day, round, outcomes) } : {}),
});

/** One federated round: train everywhere, aggregate, hand the models out, probe. */
export async function learn(
  scenario: Scenario,
  stage: Stage,
  world: World,
  hosts: Hosts,
  learning: Learning,
  day: number,
): Promise<Learned> {
  if (scenario.learning.localSteps === 0) return nothingLearned(learning);
  const lateness = latenessOf(stage, world, learning);
  const { round } = lateness;
  const accounts = chargeRound(scenario, learning.federations, lateness, learning.privacy);
  const call = callOf(scenario, stage, hosts, lateness, accounts);
  const { replies, contributions, sums } = await gather(scenario, hosts, learning, call);
  const examples = exampleAccounts(scenario, learning.federations, lateness, replies, day, learning.privacy);
  const { blocks } = learning;
  const ids = stage.institutions.map(({ id }) => id);
  const sent = attacked(scenario, ids, learning.federations, contributions, round);
  const arrived = arrivals(scenario, lateness, sent.contributions);
  const regions = new Map(stage.institutions.map(({ id, region }) => [id, region]));
  const outcomes = aggregate(scenario, learning.federations, arrived.contributions, {
    round,
    blocks,
    regions,
    pool: poolOf(scenario, accounts, sums, round),
  });
  const federations = outcomes.map((o) => o.federation);
  const sending = { federations, plans: hosts.plans, round, mixing: mixingOf(scenario) };
  await hosts.transport.exchange(installs(scenario, sending));
  const probed = await probeAll(hosts, learning);
  const skills = replies.map((r) => r.skill);
  const next = {
    round,
    federations,
    underway: arrived.underway,
    privacy: examples?.state ?? privacyAfter(scenario, accounts, sums, outcomes, round, learning.privacy),
    meanForecasts: meanForecasts(probed, learning),
  };
  return {
    learning: { ...learning, ...next },
    facts: {
      tables: {
        ...updateTables(scenario, day, round, outcomes),
        ...privacyRows(scenario, accounts, day, round),
        ...(examples && { privacy: examples.privacy }),
        ...trainingRows(day, round, replies),
        skill: skillRows(day, hosts.plans, skills),
        probes: probeRows(day, probed),
        representations: representationRows(day, probed),
      },
      notices: [
        ...(accounts?.notices ?? []),
        ...(examples?.notices ?? []),
        ...sent.notices,
        ...arrived.notices,
        ...roundNotices(round, outcomes, replies),
        ...unmetForecasts(scenario, { forecasts: probed.forecasts, probes: probed.rows }),
      ],
    },
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
