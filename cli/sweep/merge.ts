import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SweepData } from '../../analysis/sweep/sweep-data.js';
import { makeFolder } from '../make-folder.js';
import { writing } from '../run-directory.js';
import { publishSweep } from './collect.js';
import { readFailures, writeFailures } from './failures.js';
import { joinedSweeps, readSweep } from './read-sweep.js';

function copyMissing(from: string, to: string): void {
  if (!existsSync(from)) return;
  for (const run of readdirSync(from))
    if (!existsSync(join(to, run))) cpSync(join(from, run), join(to, run), { recursive: true });
}

/** Joins the parts of one sweep, made by shards, into one folder. */
export async function mergeSweeps(into: string, folders: readonly string[]): Promise<SweepData> {
  const sweep = joinedSweeps(await Promise.all(folders.map(readSweep)));
  writing(into, () => makeFolder(join(into, 'runs')));
  for (const folder of folders) {
    copyMissing(join(folder, 'runs'), join(into, 'runs'));
    if (existsSync(join(folder, 'plan.json'))) cpSync(join(folder, 'plan.json'), join(into, 'plan.json'));
  }
  const failures = folders.flatMap(readFailures);
  writeFailures(into, failures);
  await publishSweep(into, sweep, failures.length);
  return sweep;
}
