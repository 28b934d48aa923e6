import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metrics } from '../../analysis/metrics.js';
import type { Scenario } from '../../core/scenario.js';
import type { Command } from '../command.js';
import type { Globals } from '../globals.js';
import { summaryText } from '../summary.js';
import { completeManifest } from './verify.js';

interface Options extends Globals {
  readonly run: string;
}

const read = <T>(folder: string, file: string): T =>
  JSON.parse(readFileSync(join(folder, file), 'utf8')) as T;

function show({ run, format }: Options): void {
  const manifest = completeManifest(run);
  const metrics = read<Metrics>(run, 'metrics.json');
  const scenario = read<Scenario>(run, 'resolved.json');
  const printed = {
    json: () => JSON.stringify({ run, manifest, metrics }, null, 2),
    text: () => `${summaryText(scenario, metrics)}\n${join(run, 'report.html')}`,
  };
  process.stdout.write(`${printed[format]()}\n`);
}

/** `herdscope show`: a run's headline figures. */
export const showCommand: Command<Options> = {
  builder: (yargs) =>
    yargs.positional('run', { type: 'string', demandOption: true, describe: 'A run’s folder' }) as never,
  handler: show,
};
