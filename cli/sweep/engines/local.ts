import { fork, type ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Answer, Order } from '../worker-entry.js';
import { unfinishedFolder } from '../unfinished.js';
import type { Assignment, Engine, SweepJob } from './engine.js';

const entry = import.meta.url.endsWith('.ts') ? '../worker-source.mjs' : '../worker-entry.js';

const start = (): ChildProcess =>
  fork(fileURLToPath(new URL(entry, import.meta.url)), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });

/** What a worker answers to an order, or how it ended. */
const ask = (child: ChildProcess, order: Order): Promise<Answer | { readonly ended: string }> =>
  new Promise((resolve) => {
    const leave = (outcome: Answer | { readonly ended: string }): void => {
      child.removeAllListeners();
      resolve(outcome);
    };
    child.once('message', (message) => leave(message as Answer));
    child.once('exit', (code, signal) => leave({ ended: signal ?? `exit code ${String(code)}` }));
    child.once('error', (error) => leave({ ended: error.message }));
    child.send(order);
  });

/** A worker that is replaced when it dies. */
interface Seat {
  readonly make: (job: SweepJob) => Promise<string | undefined>;
  readonly close: () => void;
}

/** A run whose worker died is made once more: whatever killed it may not have been the run. */
const attempts = 2;

function seat(runs: string): Seat {
  let child: ChildProcess | undefined;
  const make = async (job: SweepJob): Promise<string | undefined> => {
    let ended = '';
    for (let attempt = 0; attempt < attempts; attempt++) {
      child ??= start();
      const outcome = await ask(child, { job, runs });
      if (!('ended' in outcome)) return outcome.failure;
      ({ ended } = outcome);
      // The dead cannot clear away what they left.
      if (child.pid !== undefined)
        rmSync(unfinishedFolder(runs, job.run, child.pid), { recursive: true, force: true });
      child = undefined;
    }
    return `its worker process ended ${attempts} times (${ended})`;
  };
  return { make, close: () => child?.kill() };
}

async function work(
  { jobs, settled, stopped }: Assignment,
  next: () => number,
  { make, close }: Seat,
): Promise<void> {
  for (let job = jobs[next()]; job && !stopped(); job = jobs[next()]) {
    const failure = await make(job);
    if (!stopped()) settled(failure === undefined ? { job } : { job, failure });
  }
  close();
}

/** Worker processes on this machine, each making one run at a time. */
export const localEngine =
  (workers: number): Engine =>
  async (assignment) => {
    let given = 0;
    const seats = Array.from({ length: Math.min(workers, assignment.jobs.length) }, () =>
      seat(assignment.runs),
    );
    await Promise.all(seats.map((s) => work(assignment, () => given++, s)));
  };
