import { basename } from 'node:path';
import { stressReport } from '../../analysis/stress/report.js';
import { stressTest, type StressTest } from '../../analysis/stress/stress-test.js';
import { summaryOf } from '../../analysis/stress/summary.js';
import { stressText } from '../../analysis/stress/text.js';
import { NotConverged } from '../../core/not-converged.js';
import type { Command } from '../command.js';
import { CliError, usageError } from '../errors.js';
import { exitCodes } from '../exit-codes.js';
import type { Globals } from '../globals.js';
import { readText } from '../input-files.js';
import { packageVersion } from '../package.js';
import { readStressBook } from '../stress-book.js';
import { noExposures, readStressExposures } from '../stress-exposures.js';
import { readChannels, readShocks } from '../stress-terms.js';
import { writeReport } from '../write-report.js';

interface Options extends Globals {
  readonly book: string;
  readonly exposures?: string | undefined;
  readonly shock: readonly string[];
  readonly channels?: string | undefined;
  readonly priceImpact: number;
  readonly leverageCap: number;
  readonly out?: string | undefined;
  readonly force: boolean;
}

function requireNumbers({ priceImpact, leverageCap }: Options): void {
  if (!(priceImpact >= 0 && priceImpact < 1))
    throw usageError('--price-impact: must be at least 0 and below 1');
  if (!(leverageCap >= 1)) throw usageError('--leverage-cap: must be at least 1: it is assets over equity');
}

function tested(options: Options): StressTest {
  requireNumbers(options);
  const { priceImpact, leverageCap } = options;
  const book = readStressBook(readText(options.book, options.book), options.book);
  const { exposures: path } = options;
  const exposures =
    path === undefined ? noExposures(book) : readStressExposures(readText(path, path), path, book);
  const terms = { shock: readShocks(options.shock, book), priceImpact, leverageCap };
  try {
    return stressTest({
      book,
      exposures,
      terms,
      channels: readChannels(options.channels, path !== undefined),
    });
  } catch (error) {
    if (error instanceof NotConverged) throw new CliError(exitCodes.run, [error.message]);
    throw error;
  }
}

const word = (text: string): string =>
  /^[\w./=,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

const commandOf = ({ book, exposures, shock, channels, priceImpact, leverageCap }: Options): string =>
  [
    'herdscope stress',
    word(book),
    ...(exposures === undefined ? [] : ['--exposures', word(exposures)]),
    ...shock.map((s) => `--shock ${word(s)}`),
    ...(channels === undefined ? [] : ['--channels', word(channels)]),
    `--price-impact ${priceImpact} --leverage-cap ${leverageCap}`,
  ].join(' ');

async function report(test: StressTest, out: string, options: Options): Promise<string> {
  const source = { title: `Stress test of ${basename(options.book)}`, version: packageVersion };
  const files = await stressReport(test, { ...source, command: commandOf(options) });
  return writeReport(files, out, options.force);
}

async function run(options: Options): Promise<void> {
  const test = tested(options);
  const written = options.out === undefined ? null : await report(test, options.out, options);
  const printed = {
    json: () => `${JSON.stringify({ ...summaryOf(test), report: written }, null, 2)}\n`,
    text: () => `${stressText(summaryOf(test))}${written === null ? '' : `\n${written}\n`}`,
  };
  process.stdout.write(printed[options.format]());
}

/** `herdscope stress`: a stress test of the user's own balance sheets. */
export const stressCommand: Command<Options> = {
  builder: (yargs) =>
    yargs
      .positional('book', {
        type: 'string',
        demandOption: true,
        describe: 'CSV of bank, cet1, total_assets, cash, other; each further column is a tradable asset',
      })
      .option('exposures', { type: 'string', describe: 'CSV of lender, borrower, amount; or GEXF, GraphML' })
      .option('shock', {
        type: 'string',
        array: true,
        nargs: 1,
        default: [] as string[],
        describe: 'Return of an asset, or of other: gov_bonds=-0.05 (repeatable)',
      })
      .option('channels', {
        type: 'string',
        describe: 'Channels to run together, separated by commas',
        defaultDescription: 'fire-sale, with clearing where exposures are given',
      })
      .option('price-impact', {
        type: 'number',
        default: 0.05,
        describe: 'Fall of an asset’s price when 5% of what the book holds of it is sold',
      })
      .option('leverage-cap', {
        type: 'number',
        default: 1 / 0.03,
        defaultDescription: '33.3, a leverage ratio of 3%',
        describe: 'Assets over equity above which an institution sells',
      })
      .option('out', { type: 'string', describe: 'Folder for report.html, figures and tables' })
      .option('force', { type: 'boolean', default: false, describe: 'Write into a folder that is not empty' })
      .epilogue(
        'Leverage cap and price impact matter to the channels that sell: fire-sale, vulnerable-banks.',
      ) as never,
  handler: run,
};
