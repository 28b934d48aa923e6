import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MeasureMemory } from '../analysis/daily/index.js';
import { hashBytes, hashText } from '../analysis/record/hashing.js';
import type { RecorderState } from '../analysis/record/recorder.js';
import type { Checkpoint } from '../coordinator/checkpoint.js';
import { recordVersion } from '../core/events.js';
import { pack, unpack } from '../core/packing.js';
import { protocolVersion } from '../core/protocol.js';
import type { Scenario } from '../core/scenario.js';
import { writeAtomically } from './atomic-file.js';
import { CliError } from './errors.js';
import { exitCodes } from './exit-codes.js';
import { checkpointFile, resolvedText, writing } from './run-directory.js';
import type { Provenance } from './scenario-file.js';

/** Raised whenever the file changes its meaning; records and messages have versions of their own. */
const version = `2.${recordVersion}.${protocolVersion}`;

/** An unfinished run after a day. */
export interface SavedRun {
  readonly checkpoint: Checkpoint;
  readonly recorder: RecorderState;
  readonly measures: MeasureMemory;
  /** Bytes of each file of the record by then. */
  readonly lengths: Readonly<Record<string, number>>;
  /** Threads that institutions were spread over. */
  readonly workers: number;
  /** Rounds between checkpoints; none: only when interrupted. */
  readonly checkpointEvery: number | undefined;
  readonly provenance: Provenance | undefined;
}

const hashLength = 64;

/** Writes a checkpoint so that the folder holds the one before or this one, never a part: write, sync, rename. */
export function writeCheckpoint(folder: string, scenario: Scenario, saved: SavedRun): void {
  const path = join(folder, checkpointFile);
  const body = pack({ version, scenario: hashText(resolvedText(scenario)), saved });
  const bytes = Buffer.concat([Buffer.from(hashBytes(body)), body]);
  writing(path, () => writeAtomically(path, bytes));
}

/** The checkpoint of an unfinished run; undefined where there is none yet. */
export function readCheckpoint(folder: string, scenario: Scenario): SavedRun | undefined {
  const path = join(folder, checkpointFile);
  if (!existsSync(path)) return undefined;
  const refuse = (reason: string): CliError =>
    new CliError(exitCodes.verification, [
      `${path} ${reason}; without that file, resume begins the run anew`,
    ]);
  const bytes = readFileSync(path);
  const body = bytes.subarray(hashLength);
  if (bytes.toString('latin1', 0, hashLength) !== hashBytes(body))
    throw refuse('is damaged: its hash differs');
  const kept = unpack<{ version: string; scenario: string; saved: SavedRun }>(body);
  if (kept.version !== version) throw refuse(`has version ${kept.version}, but this is ${version}`);
  if (kept.scenario !== hashText(resolvedText(scenario)))
    throw refuse('is not of the scenario in resolved.json');
  return kept.saved;
}
