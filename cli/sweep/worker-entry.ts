import type { SweepJob } from './engines/engine.js';
import { runOne } from './run-one.js';

/** What a worker process is told. */
export interface Order {
  readonly job: SweepJob;
  readonly runs: string;
}

/** What it answers: nothing, or why the run failed. */
export interface Answer {
  readonly failure?: string;
}

const answer = (message: Answer): void => {
  process.send?.(message);
};

// What a worker process of the local engine runs: one run after another, as it is told.
process.on('message', ({ job, runs }: Order) => {
  runOne(job, runs).then(
    () => answer({}),
    (error: unknown) => answer({ failure: error instanceof Error ? error.message : String(error) }),
  );
});
process.on('disconnect', () => process.exit());
