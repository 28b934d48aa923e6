import type { DayFacts } from '../core/events.js';
import type { Saved } from '../core/protocol.js';
import type { Scenario } from '../core/scenario.js';
import type { Stage, World } from '../core/types.js';
import { createWorld } from '../market/world.js';
import { openLearning, type Hosts, type Learning } from './learning.js';

/** What the coordinator's side of the days to come depends on; plain data. */
export interface RunState {
  readonly world: World;
  readonly learning: Learning;
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
}

/** Asks every host for its state after a day. */
export async function takeCheckpoint(
  { transport, plans }: Hosts,
  { day, state }: SimulatedDay,
): Promise<Checkpoint> {
  const saved: Saved[] = await transport.exchange(plans.map(() => ({ type: 'save' as const, day })));
  return { day, state, hosts: saved.map((host) => ({ hash: host.hash, state: host.state })) };
}

/** Welcomes the hosts; at the beginning of a run, or where a checkpoint left it. */
export async function beginRun(
  scenario: Scenario,
  stage: Stage,
  hosts: Hosts,
  from: Checkpoint | undefined,
): Promise<RunState> {
  const learning = await openLearning(scenario, stage, hosts);
  if (!from) return { world: createWorld(scenario, stage), learning };
  const { day } = from;
  await hosts.transport.exchange(
    from.hosts.map(({ hash, state }) => ({ type: 'load' as const, day, hash, state })),
  );
  return from.state;
}
