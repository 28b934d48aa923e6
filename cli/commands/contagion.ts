import { join } from 'node:path';
import { studies } from '../../analysis/studies/index.js';
import { studyReport } from '../../analysis/studies/report.js';
import type { Study, StudyData } from '../../analysis/studies/study.js';
import { suggestion } from '../../core/nearest.js';
import type { Command } from '../command.js';
import { usageError } from '../errors.js';
import type { Globals } from '../globals.js';
import { readText } from '../input-files.js';
import { packageRoot, packageVersion } from '../package.js';
import { readStressBook } from '../stress-book.js';
import { noExposures, readStressExposures } from '../stress-exposures.js';
import { writeReport } from '../write-report.js';

interface Options extends Globals {
  readonly study: string;
  readonly book?: string | undefined;
  readonly exposures?: string | undefined;
  readonly out?: string | undefined;
  readonly force: boolean;
}

const shipped = (file: string): string => join(packageRoot, 'scenarios/vulnerable-banks', file);

function studyNamed(name: string): Study {
  if (Object.hasOwn(studies, name)) return studies[name as keyof typeof studies];
  const known = Object.keys(studies);
  throw usageError(`unknown study "${name}"${suggestion(name, known)}`, `studies: ${known.join(', ')}`);
}

/** The user's balance sheets, with the user's claims or none; the shipped synthetic ones where none are named. */
function dataOf({ reads }: Study, { study, book, exposures }: Options): StudyData {
  for (const [name, given] of Object.entries({ book, exposures }))
    if (given !== undefined && !(reads as readonly string[]).includes(name))
      throw usageError(`--${name}: the study ${study} reads no such file`);
  if (book === undefined && exposures !== undefined)
    throw usageError('--exposures: belongs to a --book, which is not given');
  const path = book ?? shipped('book.csv');
  const read = readStressBook(readText(path, path), path);
  const edges = exposures ?? (book === undefined ? shipped('exposures.csv') : undefined);
  const claims =
    edges === undefined ? noExposures(read) : readStressExposures(readText(edges, edges), edges, read);
  return { book: read, exposures: reads.includes('exposures') ? claims : noExposures(read) };
}

const commandOf = ({ study, book, exposures }: Options): string =>
  [
    `herdscope contagion ${study}`,
    ...(book === undefined ? [] : ['--book', book]),
    ...(exposures === undefined ? [] : ['--exposures', exposures]),
  ].join(' ');

async function run(options: Options): Promise<void> {
  const study = studyNamed(options.study);
  const data = dataOf(study, options);
  const result = study.run(data);
  const source = { name: options.study, version: packageVersion, command: commandOf(options) };
  const report =
    options.out === undefined
      ? null
      : writeReport(await studyReport(study, result, source), options.out, options.force);
  const { findings, rows } = result;
  const printed = {
    json: () => `${JSON.stringify({ study: options.study, findings, rows, report }, null, 2)}\n`,
    text: () => `${[study.question, ...findings, ...(report === null ? [] : [report])].join('\n')}\n`,
  };
  process.stdout.write(printed[options.format]());
}

/** `herdscope contagion`: the studies of contagion on balance sheets. */
export const contagionCommand: Command<Options> = {
  builder: (yargs) =>
    yargs
      .positional('study', { type: 'string', demandOption: true, describe: Object.keys(studies).join(', ') })
      .option('book', { type: 'string', describe: 'CSV of balance sheets, as herdscope stress reads it' })
      .option('exposures', { type: 'string', describe: 'CSV of lender, borrower, amount; or GEXF, GraphML' })
      .option('out', { type: 'string', describe: 'Folder for report.html, figure and numbers' })
      .option('force', {
        type: 'boolean',
        default: false,
        describe: 'Write into a folder that is not empty',
      }) as never,
  handler: run,
};
