import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { cpus, platform, totalmem } from 'node:os';
import { join } from 'node:path';
import { recordVersion } from '../core/events.js';
import { protocolVersion } from '../core/protocol.js';
import { filesBelow } from './files-below.js';
import { packageRoot, packageVersion } from './package.js';
import type { Provenance } from './scenario-file.js';
import { isWorkingFile, type RunStatus } from './run-directory.js';

export const hashFile = (path: string): string =>
  createHash('sha256').update(readFileSync(path)).digest('hex');

/** Hashes of all files of a record but its manifest. */
export const hashesOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    filesBelow(folder)
      .filter((file) => file !== 'manifest.json' && !isWorkingFile(file))
      .map((file) => [file, hashFile(join(folder, file))]),
  );

function git(): { commit: string; clean: boolean } | null {
  const ask = (...words: string[]): string =>
    execFileSync('git', words, { cwd: packageRoot, stdio: ['ignore', 'pipe', 'ignore'] })
      .toString()
      .trim();
  try {
    return { commit: ask('rev-parse', 'HEAD'), clean: ask('status', '--porcelain') === '' };
  } catch {
    return null;
  }
}

/** What a run was made of and by. Wall-clock and host facts live here only. */
export interface Manifest {
  readonly status: RunStatus;
  readonly reason?: string;
  readonly name: string;
  readonly seed: number;
  readonly command: string;
  readonly versions: {
    readonly herdscope: string;
    readonly node: string;
    readonly record: number;
    readonly protocol: number;
  };
  readonly git: { readonly commit: string; readonly clean: boolean } | null;
  readonly engine: string;
  readonly calibration: Provenance | null;
  /** Hash of the last `day` line. */
  readonly chain: string | null;
  readonly files: Readonly<Record<string, string>>;
  readonly wallClock: {
    readonly started: string;
    readonly seconds: number;
    readonly learningShare: number;
    /** Seconds by part, the longest first. */
    readonly parts: Readonly<Record<string, number>>;
  };
  readonly host: {
    readonly platform: string;
    readonly processor: string;
    readonly threads: number;
    readonly memoryBytes: number;
  };
}

type Varying = Pick<
  Manifest,
  'status' | 'name' | 'seed' | 'command' | 'engine' | 'calibration' | 'chain' | 'files' | 'wallClock'
> & { readonly reason?: string };

export const manifestOf = (varying: Varying): Manifest => ({
  ...varying,
  versions: {
    herdscope: packageVersion,
    node: process.version,
    record: recordVersion,
    protocol: protocolVersion,
  },
  git: git(),
  host: {
    platform: `${platform()} ${process.arch}`,
    processor: cpus()[0]?.model ?? 'unknown',
    threads: cpus().length,
    memoryBytes: totalmem(),
  },
});
