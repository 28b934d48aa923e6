import type { DayFacts } from '../core/events.js';
import type { Chosen } from '../core/scenario/catalogue.js';
import type { Ticket } from './oversight/ticket.js';
import type { Saved } from '../core/protocol.js';
import type { Scenario } from '../core/scenario.js';
import type { Stage, World } from '../core/types.js';
import { createWorld } from '../market/world.js';
import type { KeptLine } from './presence.js';
import { openLearning, type Hosts, type Learning } from './learning.js';

/** What the coordinator's side of the days to come depends on; plain data. */
export interface RunState {
  readonly world: World;
  readonly learning: Learning;
  /** Orders that wait for an overseer. */
  readonly waiting: readonly Ticket[];
  /** Positions of all together that are, or will be, public, newest first; empty where none are to be. */
  readonly disclosed: readonly Float64Array[];
  /** Interventions ordered while the run went on. */
  readonly ordered: readonly Chosen<'kind'>[];
}

/** A day's facts, and what the days after it depend on. */
export interface SimulatedDay extends DayFacts {
  readonly state: RunState;
}

/** A run after a day: the coordinator's state, and each host's under the same day, named by its hash. */
export interface Checkpoint {
  readonly day: number;
  readonly state: RunState;
  readonly hosts: readonly Pick<Saved, 'hash' | 'state'>[];
  /** Where hosts keep their own states: who was there, and what those who were not have missed. */
  readonly presence?: readonly KeptLine[] | undefined;
}

/** Asks every host for its state after a day. */
export async function takeCheckpoint(
  { transport, plans, presence }: Hosts,
  { day, state }: SimulatedDay,
): Promise<Checkpoint> {
  const saved: Saved[] = await transport.exchange(plans.map(() => ({ type: 'save' as const, day })));
  const hosts = saved.map((host) => ({ hash: host.hash, state: host.state }));
  return { day, state, hosts, presence: presence.state?.() };
}

/** Welcomes the hosts; at the beginning of a run, or where a checkpoint left it. */
export async function beginRun(
  scenario: Scenario,
  stage: Stage,
  hosts: Hosts,
  from: Checkpoint | undefined,
): Promise<RunState> {
  const learning = await openLearning(scenario, stage, hosts);
  if (!from)
    return { world: createWorld(scenario, stage), learning, waiting: [], ordered: [], disclosed: [] };
  const { day } = from;
  await hosts.transport.exchange(
    from.hosts.map(({ hash, state }) => ({ type: 'load' as const, day, hash, state })),
  );
  return from.state;
}
