import type { Queue as QueueOf, Worker as WorkerOf } from 'bullmq';
import type { Redis as Client } from 'ioredis';
import { loadPackage } from '../optional-package.js';
import { packageVersion } from '../package.js';
import { reachRedis } from '../redis/reach.js';
import type { SweepJob } from './engines/engine.js';

/** What a worker on any machine is told of a run, and what it says of it. */
export interface QueuedRun {
  readonly job: SweepJob;
  /** Where the run's files are left. */
  readonly result: string;
}
export interface Made {
  readonly failure?: string;
}

type BullMq = { readonly Queue: typeof QueueOf; readonly Worker: typeof WorkerOf };

/** Runs of one version of Herdscope, which alone makes the same bytes of them. */
export const queueName = `herdscope-sweep-${packageVersion}`;

/** Seconds for which the files of a run that nobody fetched are kept. */
export const keptSeconds = 7 * 86_400;

/** How a worker's death is noticed: it says every half of `lockDuration` that it lives, ms. */
export const liveness = { lockDuration: 10_000, stalledInterval: 5_000, maxStalledCount: 1 } as const;

/** What BullMQ takes for a connection, and a client for the files of runs. */
export interface QueueAccess {
  readonly bull: BullMq;
  readonly connection: object;
  readonly client: Client;
}

/** Opens a Redis for a queue of runs.
 *
 * @param patience ms for which a connection that broke is tried again; Infinity: for ever
 * @throws {CliError} exit 2 where a package is missing, exit 9 where Redis cannot be reached
 */
export async function openQueue(text: string, patience: number): Promise<QueueAccess> {
  const install = 'bullmq ioredis';
  const bull = await loadPackage<BullMq>('bullmq', '--redis', install);
  const { Redis, password } = await reachRedis(text, install);
  const every = 250;
  const retryStrategy = (times: number): number | null => (times * every > patience ? null : every);
  const options = { ...password, maxRetriesPerRequest: null, retryStrategy };
  const client = new Redis(text, options);
  // What breaks is told by the commands that it breaks.
  client.on('error', () => undefined);
  return { bull, connection: { url: text, ...options }, client };
}
