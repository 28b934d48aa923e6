import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SweepData } from '../../analysis/sweep/sweep-data.js';
import { makeFolder } from '../make-folder.js';
import { writing } from '../run-directory.js';
import { publishSweep } from './collect.js';
import { readFailures, writeFailures } from './failures.js';
import { lock, openSweep, readPlan } from './folder.js';
import { joinedSweeps, readSweep, tablesOf } from './read-sweep.js';

function copyMissing(from: string, to: string): void {
  if (!existsSync(from)) return;
  for (const run of readdirSync(from))
    if (!existsSync(join(to, run))) cpSync(join(from, run), join(to, run), { recursive: true });
}

/** Joins the parts of one sweep, made by shards, into one folder, with what that holds of it already.
 *
 * @throws {CliError} exit 2 where they are of different sweeps, or the folder is another's or in use
 */
export async function mergeSweeps(into: string, folders: readonly string[]): Promise<SweepData> {
  const parts = [...folders, ...(tablesOf(into).length > 0 ? [into] : [])];
  const sweep = joinedSweeps(await Promise.all(parts.map(readSweep)));
  const planned = parts.find((folder) => existsSync(join(folder, 'plan.json')));
  if (planned === undefined) writing(into, () => makeFolder(join(into, 'runs')));
  else openSweep(into, readPlan(planned));
  const release = lock(into);
  try {
    for (const folder of folders) copyMissing(join(folder, 'runs'), join(into, 'runs'));
    // What failed in one part may have been made in another.
    const made = new Set(sweep.rows.map(({ run }) => run));
    const failures = new Map(parts.flatMap(readFailures).map((failure) => [failure.run, failure]));
    const left = [...failures.values()].filter(({ run }) => !made.has(run));
    writeFailures(into, left);
    await publishSweep(into, sweep, left.length);
    return sweep;
  } finally {
    release();
  }
}
