import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandModule } from 'yargs';
import type { DayLine } from '../../analysis/record/chain.js';
import { CliError } from '../errors.js';
import { exitCodes } from '../exit-codes.js';
import { localHosts } from '../hosts.js';
import type { Globals } from '../globals.js';
import type { Manifest } from '../manifest.js';
import { progress } from '../progress.js';
import { readScenario } from '../scenario-file.js';
import { nothingMore, simulateInto } from '../simulate-into.js';
import { completeManifest } from './verify.js';

interface Options extends Globals {
  readonly run: string;
}

const dayLinesOf = (folder: string): DayLine[] =>
  readFileSync(join(folder, 'events.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line.includes('"kind":"day"'))
    .map((line) => JSON.parse(line) as DayLine);

/** The first day on which two records part, and in what. */
function firstDifference(original: string, again: string): string | undefined {
  const [before, after] = [dayLinesOf(original), dayLinesOf(again)];
  for (const [i, line] of before.entries()) {
    const other = after[i];
    if (other?.tables !== line.tables) return `day ${line.day}: the rows of its tables differ`;
    if (other.notices !== line.notices) return `day ${line.day}: its decisions differ`;
  }
  return undefined;
}

function differingFile(original: Manifest, again: Manifest): string | undefined {
  const names = new Set([...Object.keys(original.files), ...Object.keys(again.files)]);
  return [...names].sort().find((file) => original.files[file] !== again.files[file]);
}

async function reproduce(options: Options): Promise<void> {
  const { run, format } = options;
  const manifest = completeManifest(run);
  const { scenario } = readScenario(join(run, 'resolved.json'), []);
  const folder = mkdtempSync(join(tmpdir(), 'herdscope-reproduce-'));
  const bar = progress(scenario.days, options);
  try {
    const again = await simulateInto({
      scenario,
      openHosts: (given) => localHosts(given, availableParallelism()),
      provenance: undefined,
      folder: join(folder, 'run'),
      force: true,
      onDay: (facts) => bar.update(facts.day, ''),
      publish: 'report.html' in manifest.files ? undefined : nothingMore,
    }).finally(bar.done);
    const file = differingFile(manifest, again.manifest);
    if (file !== undefined) {
      const where = firstDifference(run, join(folder, 'run')) ?? `${file} differs`;
      throw new CliError(exitCodes.mismatch, [`${run} was not reproduced: ${where}`]);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const files = Object.keys(manifest.files).length;
  const printed = {
    json: () => JSON.stringify({ reproduced: true, files, chain: manifest.chain }),
    text: () => `reproduced: all ${files} files are the same bytes`,
  };
  process.stdout.write(`${printed[format]()}\n`);
}

/** `herdscope reproduce`: runs a record's scenario again and compares every hash. */
export const reproduceCommand: CommandModule<object, Options> = {
  command: 'reproduce <run>',
  describe: 'Run a record’s scenario again and compare every hash',
  builder: (yargs) =>
    yargs.positional('run', { type: 'string', demandOption: true, describe: 'A run’s folder' }) as never,
  handler: reproduce,
};
