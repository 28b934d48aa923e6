import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readIndex } from '../../analysis/sweep/index-table.js';
import type { SweepData, SweepRow } from '../../analysis/sweep/sweep-data.js';
import { usageError } from '../errors.js';
import { filesBelow } from '../files-below.js';

/** Tables of a sweep: its folder's own, or those of the shards that a study keeps under `results/`. */
export function tablesOf(folder: string): string[] {
  const own = join(folder, 'index.parquet');
  if (existsSync(own)) return [own];
  const results = join(folder, 'results');
  if (!existsSync(results)) return [];
  return filesBelow(results)
    .filter((file) => file.endsWith('.parquet'))
    .map((file) => join(results, file));
}

const read = (path: string): Promise<SweepData> =>
  readIndex(readFileSync(path)).catch((error: unknown) => {
    throw usageError(`${path} cannot be read: ${String(error)}`);
  });

const keyOf = ({ point, replication }: SweepRow): string => `${point}.${replication}`;

/** Rows of all parts, each once; a run that two parts disagree on is refused. */
function joinedRows(parts: readonly SweepData[]): SweepRow[] {
  const rows = new Map<string, SweepRow>();
  for (const row of parts.flatMap((p) => p.rows)) {
    const known = rows.get(keyOf(row));
    if (known && known.chain !== row.chain)
      throw usageError(`the parts disagree on run ${row.run}: it was not reproduced`);
    rows.set(keyOf(row), row);
  }
  return [...rows.values()].sort((a, b) => a.point - b.point || a.replication - b.replication);
}

/** One sweep from its parts. */
export function joinedSweeps(parts: readonly SweepData[]): SweepData {
  const plans = new Set(parts.map((p) => JSON.stringify(p.plan)));
  if (plans.size > 1) throw usageError('these are parts of different sweeps: their plans differ');
  return { ...parts[0]!, rows: joinedRows(parts) };
}

/** Whether a folder holds a sweep or a study with results. */
export const isSweep = (folder: string): boolean =>
  existsSync(join(folder, 'plan.json')) || tablesOf(folder).length > 0;

/** The finished runs of a sweep, or of a study whose tables are kept, from its tables alone. */
export async function readSweep(folder: string): Promise<SweepData> {
  const paths = tablesOf(folder);
  if (paths.length === 0)
    throw usageError(
      existsSync(join(folder, 'plan.json'))
        ? `${folder} has no index.parquet: no run of it is finished`
        : `${folder} is no sweep and no study with results: it has neither index.parquet nor results/*.parquet`,
    );
  return joinedSweeps(await Promise.all(paths.map(read)));
}
