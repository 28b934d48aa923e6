import { fork, type ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { SweepJob } from './engines/engine.js';
import type { Answer, Order } from './worker-entry.js';
import { unfinishedFolder } from './unfinished.js';

const entry = import.meta.url.endsWith('.ts') ? './worker-source.mjs' : './worker-entry.js';

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

/** A process that makes one run at a time, and is replaced when it dies. */
export interface Seat {
  /** Makes a run in a folder; why it failed, where it did. */
  readonly make: (job: SweepJob) => Promise<string | undefined>;
  readonly close: () => void;
}

/** A run whose process died is made once more: whatever killed it may not have been the run. */
export const attempts = 2;

export function seat(runs: string): Seat {
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
