import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exitCodes } from '../exit-codes.js';
import { parcelOf } from './parcel.js';
import { keptSeconds, liveness, openQueue, queueName, type Made, type QueuedRun } from './queue.js';
import { seat } from './seat.js';

/** Makes runs that sweeps put on a Redis, some at a time, until it is told to stop; then it ends those it is at.
 *
 * @throws {CliError} exit 2 where a package is missing, exit 9 where Redis cannot be reached at the start
 */
export async function takeRuns(url: string, atOnce: number, say: (line: string) => void): Promise<void> {
  const { bull, connection, client } = await openQueue(url, Infinity);
  const folder = mkdtempSync(join(tmpdir(), 'herdscope-worker-'));
  const idle = Array.from({ length: atOnce }, () => seat(folder));
  const make = async ({ job, result }: QueuedRun): Promise<Made> => {
    const own = idle.pop()!;
    try {
      const failure = await own.make(job);
      say(failure === undefined ? `made ${job.run}` : `could not make ${job.run}: ${failure}`);
      if (failure !== undefined) return { failure };
      await client.set(result, parcelOf(join(folder, job.run)), 'EX', keptSeconds);
      return {};
    } finally {
      rmSync(join(folder, job.run), { recursive: true, force: true });
      idle.push(own);
    }
  };
  const worker = new bull.Worker(queueName, (one) => make(one.data as QueuedRun), {
    connection,
    concurrency: atOnce,
    ...liveness,
  });
  worker.on('error', () => undefined);
  say(`waits for runs on ${url}`);
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve).once('SIGTERM', resolve);
  });
  say('ends what it is at; once more to leave it to others');
  const leave = (): never => {
    for (const each of idle) each.close();
    rmSync(folder, { recursive: true, force: true });
    process.exit(exitCodes.interrupted);
  };
  process.once('SIGINT', leave).once('SIGTERM', leave);
  await worker.close();
  for (const each of idle) each.close();
  client.disconnect();
  rmSync(folder, { recursive: true, force: true });
}
