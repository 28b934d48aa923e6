import { seat, type Seat } from '../seat.js';
import type { Assignment, Engine } from './engine.js';

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
