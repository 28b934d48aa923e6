import { join } from 'node:path';

/** Where a process makes a run before it is whole. */
export const unfinishedFolder = (runs: string, run: string, pid: number): string =>
  join(runs, `.${run}.${pid}`);
