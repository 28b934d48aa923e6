import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Manifest } from '../../cli/manifest.js';
import type { Row } from '../figure.js';
import { command } from './command.js';

const shares = ({ parts, seconds }: Manifest['wallClock']): string =>
  Object.entries(parts)
    .map(([part, spent]) => `${part} ${((100 * spent) / seconds).toFixed(0)}%`)
    .join(', ');

/** Runs a scenario as a user does, and says how long it took and where the time went. */
export function timedRun(what: string, overrides: readonly string[], atMost: number): Row[] {
  const out = mkdtempSync(join(tmpdir(), 'herdscope-bench-'));
  const set = overrides.flatMap((assignment) => ['--set', assignment]);
  const start = performance.now();
  const { status } = spawnSync(process.execPath, [command, 'run', ...set, '--out', out, '--quiet'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const seconds = (performance.now() - start) / 1000;
  if (status !== 0) throw new Error(`the run ended with exit code ${status}`);
  const [folder] = readdirSync(out);
  const manifest = JSON.parse(readFileSync(join(out, folder!, 'manifest.json'), 'utf8')) as Manifest;
  rmSync(out, { recursive: true });
  const against = `wall clock on ${availableParallelism()} cores; ${shares(manifest.wallClock)}`;
  return [{ what, value: seconds, unit: 's', against, target: { atMost } }];
}
