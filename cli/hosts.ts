import { createHost } from '../agents/host.js';
import type { Hosts } from '../coordinator/learning.js';
import type { Message } from '../core/protocol.js';
import type { Scenario } from '../core/scenario.js';
import { planHosts } from '../coordinator/transport/plan.js';
import { memoryTransport } from '../coordinator/transport/memory.js';
import { threadsTransport } from '../coordinator/transport/threads.js';
import type { Transport } from '../coordinator/transport/transport.js';
import { startHostWorker } from './host-worker.js';

/** Hosts for a run: one in this thread, more in worker threads. */
export function localHosts({ institutions, federation }: Scenario, workers: number): Hosts {
  const plans = planHosts(institutions.count, workers, federation.membership === 'centralised');
  const transport =
    plans.length === 1
      ? memoryTransport([createHost()])
      : threadsTransport(Array.from(plans, () => startHostWorker()));
  return { transport, plans };
}

/** A transport that keeps time; clocks live in cli/, so it is wrapped here. */
export interface Timed {
  readonly transport: Transport;
  /** What computes at the first host. */
  readonly engine: () => string;
  /** Wall-clock seconds that hosts took to train. */
  readonly learningSeconds: () => number;
}

export function timed(transport: Transport): Timed {
  const milliseconds = new Map<Message['type'], number>();
  let engine = 'unknown';
  const exchange: Transport['exchange'] = async (messages) => {
    const began = performance.now();
    const replies = await transport.exchange(messages);
    const { type } = messages[0]!;
    milliseconds.set(type, (milliseconds.get(type) ?? 0) + performance.now() - began);
    const [first] = replies;
    if (first?.type === 'ready') ({ engine } = first);
    return replies;
  };
  return {
    transport: { ...transport, exchange },
    engine: () => engine,
    learningSeconds: () => (milliseconds.get('train') ?? 0) / 1000,
  };
}
