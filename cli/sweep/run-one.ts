import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { localHosts } from '../hosts.js';
import { statusOf } from '../run-directory.js';
import { nothingMore, simulateInto } from '../simulate-into.js';
import type { SweepJob } from './engines/engine.js';
import { unfinishedFolder } from './unfinished.js';

/** Makes a run of a sweep in its folder; whatever is there under its name is whole. */
export async function runOne({ run, scenario, provenance }: SweepJob, runs: string): Promise<void> {
  const [folder, unfinished] = [join(runs, run), unfinishedFolder(runs, run, process.pid)];
  if (existsSync(folder) && statusOf(folder) === 'complete') return;
  try {
    await simulateInto({
      scenario,
      openHosts: (given) => localHosts(given, 1),
      provenance,
      folder: unfinished,
      force: true,
      onDay: () => undefined,
      publish: nothingMore,
    });
    rmSync(folder, { recursive: true, force: true });
    renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}
