import { availableParallelism } from 'node:os';
import { createHost } from '../agents/host.js';
import type { Hosts } from '../coordinator/learning.js';
import { everybody } from '../coordinator/presence.js';
import type { Message } from '../core/protocol.js';
import type { Scenario } from '../core/scenario.js';
import { planHosts } from '../coordinator/transport/plan.js';
import { memoryTransport } from '../coordinator/transport/memory.js';
import { threadsTransport } from '../coordinator/transport/threads.js';
import type { Transport } from '../coordinator/transport/transport.js';
import { startHostWorker } from './host-worker.js';
import type { Stopwatch } from './stopwatch.js';

/** Institution-days below which a thread more costs more than it saves: each has to load and warm up the same code. */
const WORTH_A_THREAD = 20_000;

/** Threads that a run is worth, at most as many as the machine has cores. */
export const threadsFor = ({ institutions, days }: Scenario): number =>
  Math.min(availableParallelism(), Math.max(1, Math.floor((institutions.count * days) / WORTH_A_THREAD)));

/** Hosts for a run: one in this thread, more in worker threads. */
export function localHosts({ institutions, federation }: Scenario, workers: number): Hosts {
  const plans = planHosts(institutions.count, workers, federation.membership === 'centralised');
  const transport =
    plans.length === 1
      ? memoryTransport([createHost()])
      : threadsTransport(Array.from(plans, () => startHostWorker()));
  return { transport, plans, presence: everybody };
}

/** A transport that keeps time; clocks live in cli/, so it is wrapped here. */
export interface Timed {
  readonly transport: Transport;
  /** What computes: one name where all hosts agree, or each with the hosts that it computes at, from 1. */
  readonly engine: () => string;
}

/** What hosts do on a message, as time is told of. */
const doing: Readonly<Partial<Record<Message['type'], string>>> = {
  welcome: 'opening hosts',
  observe: 'observing',
  train: 'learning',
  install: 'learning',
  decide: 'deciding',
  probe: 'probing',
};

/** Names of what computes, by host. */
function enginesOf(engines: readonly string[]): string {
  const kinds = [...new Set(engines)];
  if (kinds.length === 1) return kinds[0]!;
  const told = kinds.map((kind) => {
    const at = engines.flatMap((engine, h) => (engine === kind ? [h + 1] : []));
    return `${kind} (${at.length > 1 ? 'hosts' : 'host'} ${at.join(', ')})`;
  });
  return told.join('; ');
}

export function timed(transport: Transport, { awaiting }: Stopwatch): Timed {
  let engine = 'unknown';
  const exchange: Transport['exchange'] = async (messages) => {
    const { type } = messages[0]!;
    const replies = await awaiting(doing[type] ?? 'keeping state', () => transport.exchange(messages));
    const engines = replies.flatMap((reply) => (reply.type === 'ready' ? [reply.engine] : []));
    if (engines.length > 0) engine = enginesOf(engines);
    return replies;
  };
  return {
    transport: { ...transport, exchange },
    engine: () => engine,
  };
}
