import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { hashText } from '../analysis/record/hashing.js';
import type { Sink } from '../analysis/record/recorder.js';
import type { Scenario } from '../core/scenario.js';
import { writeAtomically } from './atomic-file.js';
import { CliError } from './errors.js';
import { exitCodes } from './exit-codes.js';
import { filesBelow } from './files-below.js';
import { makeFolder } from './make-folder.js';

/** Where an unfinished run keeps what it can be carried on from. */
export const checkpointFile = 'checkpoint.bin';

/** Where an unfinished run that is served keeps how. */
export const servingFile = 'serving.json';

/** Where an unfinished run that is served keeps what people decided. */
export const oversightFile = 'oversight.jsonl';

const working: ReadonlySet<string> = new Set([checkpointFile, servingFile, oversightFile]);

/** Whether a file of a run's folder is there only until the run is complete, and no part of its record. */
export const isWorkingFile = (file: string): boolean => working.has(file.replace(/\.new$/, ''));

/** A complete run needs none of them: its record and its manifest say all. */
export const removeWorkingFiles = (folder: string): void => {
  for (const file of working) rmSync(join(folder, file), { force: true });
};

/** Every default written out: what a run is a function of. */
export const resolvedText = (scenario: Scenario): string => `${JSON.stringify(scenario, null, 2)}\n`;

/** Name of a run's folder: the scenario's name and the first 8 hex digits of the hash of resolved.json. */
export const runName = (scenario: Scenario): string =>
  `${scenario.name}-${hashText(resolvedText(scenario)).slice(0, 8)}`;

/** A failure to write is a failed run, told in one line. */
export function writing<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reasons: Readonly<Record<string, string>> = {
      ENOSPC: 'the disk is full',
      EACCES: 'the folder may not be written to',
      EROFS: 'the file system is read-only',
      ENOTDIR: 'a part of the path is a file, not a folder',
      EEXIST: 'a file of that name is in the way',
    };
    throw new CliError(exitCodes.run, [`${path}: cannot be written: ${reasons[code ?? ''] ?? message}`]);
  }
}

export type RunStatus = 'running' | 'complete' | 'interrupted' | 'failed';

/** The status that a run's folder states; `running` where it has no manifest (yet). */
export function statusOf(folder: string): RunStatus {
  const path = join(folder, 'manifest.json');
  if (!existsSync(path)) return 'running';
  try {
    return (JSON.parse(readFileSync(path, 'utf8')) as { status: RunStatus }).status;
  } catch {
    return 'failed';
  }
}

/** A run's folder, open for writing. */
export interface RunDirectory {
  readonly path: string;
  readonly append: Sink;
  /** Puts what was appended so far on disk for good; returns the bytes of each file. */
  readonly settle: () => Record<string, number>;
  readonly write: (file: string, text: string) => void;
  readonly close: () => void;
}

/** Makes the folder of a run anew. A complete one is refused unless forced; an unfinished one is replaced. */
export function openRunDirectory(path: string, force: boolean): RunDirectory {
  if (existsSync(path) && statusOf(path) === 'complete' && !force)
    throw new CliError(exitCodes.usage, [
      `${path} holds a complete run of this scenario and seed; --force runs it again`,
    ]);
  writing(path, () => {
    rmSync(path, { recursive: true, force: true });
    makeFolder(path);
  });
  return directory(path, {});
}

/** Opens the folder of an unfinished run, each file cut back to the length it had at a checkpoint. */
export function reopenRunDirectory(path: string, lengths: Readonly<Record<string, number>>): RunDirectory {
  writing(path, () => {
    for (const file of filesBelow(path))
      if (file in lengths) truncateSync(join(path, file), lengths[file]);
      else if (!isWorkingFile(file)) rmSync(join(path, file));
  });
  return directory(path, lengths);
}

/** Opens the folder of a run that was stopped before its first checkpoint. What it is a function of stays there at every
 * moment, so that a kill leaves a run that can be carried on. */
export function restartRunDirectory(path: string, scenario: Scenario): RunDirectory {
  const resolved = 'resolved.json';
  const text = Buffer.from(resolvedText(scenario));
  writing(path, () => writeAtomically(join(path, resolved), text));
  const reopened = reopenRunDirectory(path, { [resolved]: text.length });
  const append: Sink = (file, bytes) => (file === resolved ? undefined : reopened.append(file, bytes));
  return { ...reopened, append };
}

/** Writes into a folder whose files have these lengths. */
function directory(path: string, lengths: Readonly<Record<string, number>>): RunDirectory {
  const open = new Map<string, number>();
  const size = new Map(Object.entries(lengths));
  const descriptor = (file: string): number => {
    const known = open.get(file);
    if (known !== undefined) return known;
    makeFolder(dirname(join(path, file)));
    const made = openSync(join(path, file), 'a');
    open.set(file, made);
    return made;
  };
  const append: Sink = (file, bytes) =>
    writing(join(path, file), () => {
      for (let at = 0; at < bytes.length;) at += writeSync(descriptor(file), bytes, at);
      size.set(file, (size.get(file) ?? 0) + bytes.length);
    });
  return {
    path,
    append,
    settle: () => {
      for (const fd of open.values()) fsyncSync(fd);
      return Object.fromEntries(size);
    },
    write: (file, text) =>
      writing(join(path, file), () => {
        makeFolder(dirname(join(path, file)));
        writeFileSync(join(path, file), text);
      }),
    close: () => {
      for (const fd of open.values()) closeSync(fd);
      open.clear();
    },
  };
}
