import { crises, type CrisisName } from '../../analysis/early-warning/crises.js';
import { earlyWarningOf } from '../../analysis/early-warning/quality.js';
import { decimal } from '../../analysis/figures/say.js';
import type { RunData } from '../../analysis/run-data.js';
import { MeasureInputError } from '../../core/measure.js';
import type { Command } from '../command.js';
import { usageError } from '../errors.js';
import type { Globals } from '../globals.js';
import { readRun } from '../run-data.js';
import { completeManifest } from './verify.js';

interface Options extends Globals {
  readonly runs: readonly string[];
  readonly crisis: CrisisName;
  readonly horizons: string;
}

function horizonsOf(text: string): number[] {
  const horizons = text.split(',').map(Number);
  if (!horizons.every((h) => Number.isInteger(h) && h >= 1))
    throw usageError(`--horizons ${text}: must be whole numbers of days, separated by commas`);
  return horizons;
}

/** Runs of one scenario under different seeds. */
function requireComparable(folders: readonly string[], runs: readonly RunData[]): void {
  if (runs.length < 2) throw usageError('early-warning: give at least two runs, of different seeds');
  runs.forEach(({ scenario }, i) => {
    const first = runs.findIndex((other) => other.scenario.seed === scenario.seed);
    if (first < i)
      throw usageError(
        `${folders[i]}: has seed ${scenario.seed}, as ${folders[first]} has: give each seed once`,
      );
    if (scenario.assets.length !== runs[0]!.scenario.assets.length)
      throw usageError(`${folders[i]}: has ${scenario.assets.length} assets, ${folders[0]} another number`);
  });
}

const say = (auc: number | null): string => (auc === null ? 'undefined' : decimal(auc, 3));

function textOf({ horizons, auc, indicators, ...found }: ReturnType<typeof earlyWarningOf>): string {
  const rows = [{ name: 'composite index', auc }, ...indicators];
  const width = Math.max(...rows.map(({ name }) => name.length));
  const cells = (row: readonly string[]): string => row.map((cell) => cell.padStart(10)).join('');
  return [
    `Fitted on seeds ${found.trainSeeds.join(', ')}; tested on ${found.testSeeds.join(', ')}, with ${found.crisisDays} crisis days (${found.crisis}).`,
    'Area under the curve (0.5 is a coin), by days ahead:',
    ' '.repeat(width) + cells(horizons.map(String)),
    ...rows.map(({ name, auc: values }) => name.padEnd(width) + cells(values.map(say))),
    ...(found.leftOut.length > 0
      ? [`Left out, as they never vary or are undefined on some day: ${found.leftOut.join(', ')}.`]
      : []),
    '',
  ].join('\n');
}

async function run({ runs: folders, crisis, horizons: list, format }: Options): Promise<void> {
  const horizons = horizonsOf(list);
  folders.forEach(completeManifest);
  const runs = await Promise.all(folders.map((folder) => readRun(folder, '')));
  requireComparable(folders, runs);
  try {
    const found = earlyWarningOf(runs, crisis, horizons);
    const printed = { json: () => `${JSON.stringify(found, null, 2)}\n`, text: () => textOf(found) };
    process.stdout.write(printed[format]());
  } catch (error) {
    if (error instanceof MeasureInputError) throw usageError(`early-warning: ${error.message}`);
    throw error;
  }
}

/** `herdscope early-warning`: whether stress indicators rise before crises, on seeds that they were not fitted on. */
export const earlyWarningCommand: Command<Options> = {
  builder: (yargs) =>
    yargs
      .positional('runs', { type: 'string', array: true, demandOption: true, describe: 'Folders of runs' })
      .option('crisis', {
        choices: Object.keys(crises) as CrisisName[],
        default: 'forced-sales' as const,
        describe: 'What counts as a crisis; fall: the index lost a tenth in 20 days',
      })
      .option('horizons', { type: 'string', default: '5,20,60', describe: 'Days ahead' }) as never,
  handler: run,
};
