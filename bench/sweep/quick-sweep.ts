import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Manifest } from '../../cli/manifest.js';
import { defaultScenario } from '../../cli/scenario-file.js';
import { started } from '../run/command.js';

/** A sweep of so many runs of the default scenario made quick. */
export interface QuickSweep {
  readonly folder: string;
  /** Wall clock of the whole command. */
  readonly seconds: number;
  /** Processor time of the machine over that, in cores. */
  readonly busyCores: number;
  /** Wall clock of each run by its own manifest. */
  readonly runSeconds: readonly number[];
}

const busySeconds = (): number =>
  cpus().reduce((sum, { times: { user, nice, sys, irq } }) => sum + user + nice + sys + irq, 0) / 1000;

/** Writes a design of two points, the default scenario over sixty days; returns its path. */
export function quickDesign(runs: number): string {
  const path = join(mkdtempSync(join(tmpdir(), 'herdscope-bench-')), 'design.yaml');
  writeFileSync(
    path,
    [
      'name: quick',
      `scenario: ${defaultScenario}`,
      'design: factorial',
      'over: { homogeneity.updates: [0, 1], days: [60] }',
      `replications: ${runs / 2}`,
      'metrics: [crowding]',
    ].join('\n'),
  );
  return path;
}

/** Makes a sweep as a user does, and says how long it took and how busy the machine was. */
export async function quickSweep(runs: number, ...words: string[]): Promise<QuickSweep> {
  const out = mkdtempSync(join(tmpdir(), 'herdscope-bench-'));
  const [busy, start] = [busySeconds(), performance.now()];
  const { child, said } = started('sweep', 'run', quickDesign(runs), '--out', out, '--quiet', ...words);
  const stderr = await said;
  const seconds = (performance.now() - start) / 1000;
  const busyCores = (busySeconds() - busy) / seconds;
  if (child.exitCode !== 0) throw new Error(`the sweep ended with exit code ${child.exitCode}: ${stderr}`);
  const folder = join(out, readdirSync(out)[0]!);
  const runSeconds = readdirSync(join(folder, 'runs')).map((run) => {
    const text = readFileSync(join(folder, 'runs', run, 'manifest.json'), 'utf8');
    return (JSON.parse(text) as Manifest).wallClock.seconds;
  });
  return { folder, seconds, busyCores, runSeconds };
}
