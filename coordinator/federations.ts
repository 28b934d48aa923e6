import type { Brief } from '../core/protocol.js';
import type { Scenario } from '../core/scenario.js';
import type { Stage } from '../core/types.js';
import { aggregations } from './aggregation/index.js';
import { permittedMixing, splitMembers } from './mandates/standing.js';
import type { Aggregation, State } from './aggregation/aggregation.js';

/** Institutions that aggregate together, and the model they share. */
export interface Federation {
  readonly id: string;
  /** Index into the scenario's architectures; `anyArchitecture` where it has several. */
  readonly architecture: number;
  /** Roster indices, ascending. */
  readonly members: readonly number[];
  /** Ids of those who send updates: the members, or their pool. */
  readonly learners: readonly string[];
  readonly parameters: Float32Array;
  readonly state: State;
}

/** In place of an architecture's index, where institutions of all architectures are together. */
export const anyArchitecture = -1;

/** Whether models of an architecture can be part of a federation's. */
export const admits = ({ architecture }: Federation, other: number): boolean =>
  architecture === anyArchitecture || architecture === other;

/** Id of the learner that pools the data of an architecture's institutions. */
export const poolId = (architecture: string): string => `pool.${architecture}`;

type Membership = Scenario['federation']['membership'];
type Grouping = (stage: Stage, seat: number, architecture: string) => string;

const groupings: Readonly<Record<Membership, Grouping>> = {
  architecture: (_stage, _seat, architecture) => architecture,
  type: (stage, seat, architecture) => `${architecture}.${stage.institutions[seat]!.type}`,
  local: (stage, seat) => `local.${stage.institutions[seat]!.id}`,
  centralised: (_stage, _seat, architecture) => poolId(architecture),
  all: () => 'all',
};

/** The rule that a scenario names. */
export const ruleOf = (scenario: Scenario): Aggregation =>
  aggregations[scenario.federation.aggregation.rule as keyof typeof aggregations];

/** Penalties that the rule adds to local training. */
export const rulePenalties = (scenario: Scenario): Readonly<Record<string, number>> =>
  ruleOf(scenario).penalties?.(scenario.federation.aggregation) ?? {};

/** What institutions and federations send each other. */
export function exchangeOf(scenario: Scenario): Brief['exchange'] {
  const { digest } = ruleOf(scenario);
  const { aggregation, probes } = scenario.federation;
  return digest ? { of: 'forecasts', probes, ...digest(aggregation) } : { of: 'parameters' };
}

const nothing = new Float32Array(0);

/** The model that a learner holds: its own where the rule keeps one each, else the federation's. */
export function heldBy(scenario: Scenario, { parameters, state }: Federation, learner: string): Float32Array {
  const own = ruleOf(scenario).models === 'one each' ? state[learner] : undefined;
  return own ? Float32Array.from(own) : parameters;
}

/** What goes out beside a federation's model; empty where its rule sends nothing more. */
export function broadcastOf(scenario: Scenario, { state, parameters }: Federation): Float32Array {
  const sent = parameters.length > 0 ? ruleOf(scenario).broadcast?.(state) : undefined;
  return sent ? Float32Array.from(sent) : nothing;
}

/** How much of the federation's model each member takes over after a round; of forecasts there is nothing to take. */
export function mixingOf(scenario: Scenario): number {
  if (exchangeOf(scenario).of === 'forecasts') return 0;
  return scenario.federation.membership === 'centralised' ? 1 : permittedMixing(scenario);
}

/** Groups the roster for a coming round; a federation that existed keeps its model, a new one starts from the common first model. */
export function formFederations(
  scenario: Scenario,
  stage: Stage,
  architecture: Int32Array,
  initial: readonly Float32Array[],
  before: readonly Federation[],
  round: number,
): Federation[] {
  const group = groupings[scenario.federation.membership];
  const members = new Map<string, number[]>();
  stage.institutions.forEach((_, i) => {
    const id = group(stage, i, scenario.learning.architectures[architecture[i]!]!.name);
    members.set(id, [...(members.get(id) ?? []), i]);
  });
  const known = new Map(before.map((f) => [f.id, f]));
  const ids = stage.institutions.map((i) => i.id);
  return splitMembers(scenario, round, ids, [...members]).map(([id, seats]) => {
    const arch = scenario.federation.membership === 'all' ? anyArchitecture : architecture[seats[0]!]!;
    const kept = known.get(id);
    const same = kept?.architecture === arch ? kept : undefined;
    const parameters = same?.parameters ?? initial[Math.max(0, arch)]!;
    return {
      id,
      architecture: arch,
      members: seats,
      learners:
        scenario.federation.membership === 'centralised' ? [id] : seats.map((i) => stage.institutions[i]!.id),
      parameters,
      state: same?.state ?? ruleOf(scenario).initialState(parameters.length, scenario.federation.aggregation),
    };
  });
}
