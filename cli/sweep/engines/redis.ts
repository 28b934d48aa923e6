import type { Queue } from 'bullmq';
import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { basename, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CliError, usageError } from '../../errors.js';
import { exitCodes } from '../../exit-codes.js';
import { unpackRun } from '../parcel.js';
import { openQueue, queueName, type Made, type QueueAccess, type QueuedRun } from '../queue.js';
import { packageVersion } from '../../package.js';
import type { Assignment, Engine, SweepJob } from './engine.js';

/** Ms between looks at the queue, and for which a Redis that went away is waited for. */
const every = 200;
const patience = 10_000;

/** Tells the sweeps of a Redis apart: the same folder again is the same sweep. */
const sweepId = (folder: string): string =>
  `${basename(folder)}-${createHash('sha256')
    .update(`${hostname()}:${resolve(folder)}`)
    .digest('hex')
    .slice(0, 8)}`;

/** What became of the runs that are waited for. */
async function fetchSettled(
  { sweep, runs, settled }: Assignment,
  queue: Queue,
  { client }: QueueAccess,
  waiting: Map<string, SweepJob>,
): Promise<void> {
  for (const one of await queue.getCompleted(0, -1)) {
    const job = waiting.get(one.id!);
    if (job === undefined) continue;
    const { failure } = one.returnvalue as Made;
    const { result } = one.data as QueuedRun;
    const parcel = failure === undefined ? await client.getBuffer(result) : null;
    if (parcel) unpackRun(parcel, runs, job.run);
    const lost = `its files are no longer in the Redis of ${sweep}`;
    const reason = failure ?? (parcel ? undefined : lost);
    waiting.delete(one.id!);
    settled(reason === undefined ? { job } : { job, failure: reason });
    await one.remove();
    await client.del(result);
  }
  for (const one of await queue.getFailed(0, -1)) {
    const job = waiting.get(one.id!);
    if (job === undefined) continue;
    const stalled = /stalled/.test(one.failedReason);
    await one.remove();
    waiting.delete(one.id!);
    settled({ job, failure: stalled ? 'its worker went away twice' : one.failedReason });
  }
}

/** Puts runs on the queue; what is there already, of an earlier try, is not put there twice, and what failed then is
 * tried again. */
async function enqueue({ sweep, jobs }: Assignment, queue: Queue): Promise<Map<string, SweepJob>> {
  const id = sweepId(sweep);
  const waiting = new Map(jobs.map((job) => [`${id}.${job.run}`, job]));
  for (const one of await queue.getFailed(0, -1)) if (waiting.has(one.id!)) await one.remove();
  await queue.addBulk(
    Array.from(waiting, ([jobId, job]) => ({
      name: job.run,
      data: { job, result: `${queueName}:${jobId}` } satisfies QueuedRun,
      opts: { jobId },
    })),
  );
  return waiting;
}

/** Workers on any machines that reach a Redis (`herdscope sweep worker`), which send the files of their runs back. */
export const redisEngine = (url: string | undefined): Engine => {
  if (url === undefined)
    throw usageError('--engine redis: needs --redis, the address of a Redis, such as redis://127.0.0.1:6379');
  return async (assignment) => {
    const access = await openQueue(url, patience);
    const { client, connection, bull } = access;
    const queue = new bull.Queue(queueName, { connection });
    queue.on('error', () => undefined);
    const unreachable = (): CliError =>
      new CliError(exitCodes.unreachable, [`${url}: Redis cannot be reached any more`]);
    const gone = new Promise<never>((_, reject) => client.once('end', () => reject(unreachable())));
    gone.catch(() => undefined);
    const follow = async (): Promise<void> => {
      const waiting = await enqueue(assignment, queue);
      if (waiting.size > 0 && (await queue.getWorkersCount()) === 0)
        process.stderr.write(
          `no worker is there yet; on any machine: herdscope sweep worker --redis ${url} (version ${packageVersion})\n`,
        );
      while (waiting.size > 0 && !assignment.stopped()) {
        await fetchSettled(assignment, queue, access, waiting);
        if (waiting.size > 0) await pause(every);
      }
      // Who stops wants no more of it made; what is being made is fetched by who carries on.
      for (const jobId of waiting.keys()) await queue.remove(jobId);
    };
    try {
      await Promise.race([follow(), gone]);
    } catch (error) {
      // Of a connection that broke, whatever waited on it may tell first.
      throw client.status === 'ready' || error instanceof CliError ? error : unreachable();
    } finally {
      client.removeAllListeners('end');
      client.disconnect();
      await Promise.race([queue.close(), pause(1000)]);
    }
  };
};
