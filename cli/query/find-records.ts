import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { usageError } from '../errors.js';
import { statusOf } from '../run-directory.js';
import { tablesOf } from '../sweep/read-sweep.js';

/** Complete runs and tables of sweeps, by path. */
export interface Records {
  readonly runs: readonly string[];
  readonly indices: readonly string[];
}

const isRun = (folder: string): boolean =>
  existsSync(join(folder, 'manifest.json')) && statusOf(folder) === 'complete';

const foldersIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .sort()
        .map((name) => join(folder, name))
        .filter((path) => statSync(path).isDirectory())
    : [];

/** What a folder holds: a run; a sweep or a study, with its runs; or folders of these. */
function recordsIn(folder: string, depth: number): Records {
  if (isRun(folder)) return { runs: [folder], indices: [] };
  const indices = tablesOf(folder);
  const inner = indices.length > 0 ? foldersIn(join(folder, 'runs')) : depth > 0 ? foldersIn(folder) : [];
  const found = inner.map((path) => recordsIn(path, depth - 1));
  return {
    runs: found.flatMap(({ runs }) => runs),
    indices: [...indices, ...found.flatMap((f) => f.indices)],
  };
}

function refuseTwins(runs: readonly string[]): void {
  const places = new Map<string, string>();
  for (const run of runs) {
    const other = places.get(basename(run));
    if (other !== undefined) throw usageError(`${other} and ${run} are one run: name one of them`);
    places.set(basename(run), run);
  }
}

/** Every run and every table of a sweep in the folders given, each once. */
export function findRecords(folders: readonly string[]): Records {
  const missing = folders.find((folder) => !existsSync(folder));
  if (missing !== undefined) throw usageError(`${missing} does not exist`);
  const found = folders.map((folder) => recordsIn(resolve(folder), 2));
  const runs = [...new Set(found.flatMap((f) => f.runs))];
  const indices = [...new Set(found.flatMap((f) => f.indices))];
  if (runs.length + indices.length === 0)
    throw usageError(`no complete run and no finished sweep in ${folders.join(', ')}`);
  refuseTwins(runs);
  return { runs, indices };
}
