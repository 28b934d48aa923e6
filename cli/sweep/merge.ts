import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readIndex } from '../../analysis/sweep/index-table.js';
import type { SweepData, SweepRow } from '../../analysis/sweep/sweep-data.js';
import { usageError } from '../errors.js';
import { writing } from '../run-directory.js';
import { publishSweep } from './collect.js';
import { readFailures, writeFailures } from './failures.js';

/** The table of a sweep's folder. */
export async function indexOf(folder: string): Promise<SweepData> {
  const path = join(folder, 'index.parquet');
  if (!existsSync(path)) throw usageError(`${folder} has no index.parquet: no run of it is finished`);
  return readIndex(readFileSync(path)).catch((error: unknown) => {
    throw usageError(`${path} cannot be read: ${String(error)}`);
  });
}

const keyOf = ({ point, replication }: SweepRow): string => `${point}.${replication}`;

/** Rows of all parts, each once; a run that two parts disagree on is refused. */
function joined(parts: readonly SweepData[]): SweepRow[] {
  const rows = new Map<string, SweepRow>();
  for (const row of parts.flatMap((p) => p.rows)) {
    const known = rows.get(keyOf(row));
    if (known && known.chain !== row.chain)
      throw usageError(`the parts disagree on run ${row.run}: it was not reproduced`);
    rows.set(keyOf(row), row);
  }
  return [...rows.values()].sort((a, b) => a.point - b.point || a.replication - b.replication);
}

function copyMissing(from: string, to: string): void {
  if (!existsSync(from)) return;
  for (const run of readdirSync(from))
    if (!existsSync(join(to, run))) cpSync(join(from, run), join(to, run), { recursive: true });
}

/** Joins the parts of one sweep, made by shards, into one folder. */
export async function mergeSweeps(into: string, folders: readonly string[]): Promise<SweepData> {
  const parts = await Promise.all(folders.map(indexOf));
  const plans = new Set(parts.map((p) => JSON.stringify(p.plan)));
  if (plans.size > 1) throw usageError('these are parts of different sweeps: their plans differ');
  writing(into, () => mkdirSync(join(into, 'runs'), { recursive: true }));
  for (const folder of folders) {
    copyMissing(join(folder, 'runs'), join(into, 'runs'));
    if (existsSync(join(folder, 'plan.json'))) cpSync(join(folder, 'plan.json'), join(into, 'plan.json'));
  }
  const failures = folders.flatMap(readFailures);
  writeFailures(into, failures);
  const sweep = { ...parts[0]!, rows: joined(parts) };
  await publishSweep(into, sweep, failures.length);
  return sweep;
}
