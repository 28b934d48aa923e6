import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from './folder.js';

/** A run that could not be made. */
export interface Failure {
  readonly run: string;
  readonly point: number;
  readonly label: string;
  readonly replication: number;
  readonly seed: number;
  readonly reason: string;
}

const fileOf = (folder: string): string => join(folder, 'failures.jsonl');

export const readFailures = (folder: string): Failure[] =>
  existsSync(fileOf(folder))
    ? readFileSync(fileOf(folder), 'utf8')
        .trim()
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Failure)
    : [];

/** Keeps the failures of a sweep, in the order of its runs; none leaves no file. */
export function writeFailures(folder: string, failures: readonly Failure[]): void {
  if (failures.length === 0) return rmSync(fileOf(folder), { force: true });
  const ordered = [...failures].sort((a, b) => a.point - b.point || a.replication - b.replication);
  replaceFile(fileOf(folder), ordered.map((f) => `${JSON.stringify(f)}\n`).join(''));
}
