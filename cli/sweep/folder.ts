import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { CliError, usageError } from '../errors.js';
import { exitCodes } from '../exit-codes.js';
import { makeFolder } from '../make-folder.js';
import { writing } from '../run-directory.js';
import { planText, type PlannedSweep } from './plan.js';

const lockFile = 'sweep.lock';

interface Holder {
  readonly host: string;
  readonly pid: number;
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** A lock left by a process of this machine that is gone binds nobody. */
const binds = ({ host, pid }: Holder): boolean => host !== hostname() || isAlive(pid);

/** Who holds a lock; undefined where it cannot be read. */
function holderOf(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

/** Holds a folder for one sweep; a second one is refused. Returns how to let go. */
export function lock(folder: string): () => void {
  const path = join(folder, lockFile);
  const holder: Holder = { host: hostname(), pid: process.pid };
  if (existsSync(path)) {
    const found = holderOf(path);
    const who = found ? `process ${found.pid} on ${found.host}` : 'its lock does not say whose';
    if (found === undefined || binds(found))
      throw new CliError(exitCodes.usage, [
        `${folder} is in use by another sweep (${who}); if that is gone, remove ${path}`,
      ]);
    rmSync(path);
  }
  writing(path, () => writeFileSync(path, JSON.stringify(holder), { flag: 'wx' }));
  return () => rmSync(path, { force: true });
}

/** Writes a file at once or not at all. */
export function replaceFile(path: string, content: string | Uint8Array): void {
  writing(path, () => {
    makeFolder(dirname(path));
    writeFileSync(`${path}.part`, content);
    renameSync(`${path}.part`, path);
  });
}

/** Makes a sweep's folder, or opens the one that holds the same plan. */
export function openSweep(folder: string, planned: PlannedSweep): void {
  const path = join(folder, 'plan.json');
  writing(folder, () => makeFolder(join(folder, 'runs')));
  if (!existsSync(path)) return replaceFile(path, planText(planned));
  if (readFileSync(path, 'utf8') !== planText(planned))
    throw usageError(`${folder} holds another sweep: two sweeps cannot share a folder`);
}

/** The plan of a sweep's folder. */
export function readPlan(folder: string): PlannedSweep {
  const path = join(folder, 'plan.json');
  if (!existsSync(path)) throw usageError(`${folder} is not a sweep: it has no plan.json`);
  return JSON.parse(readFileSync(path, 'utf8')) as PlannedSweep;
}
