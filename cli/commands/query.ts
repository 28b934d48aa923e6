import { existsSync } from 'node:fs';
import { aligned } from '../../analysis/text/aligned.js';
import type { Command } from '../command.js';
import { csvLine } from '../csv-text.js';
import { usageError } from '../errors.js';
import { findRecords } from '../query/find-records.js';
import { openDatabase } from '../query/open-database.js';

interface Options {
  readonly sql: string;
  readonly folders: readonly string[];
  readonly format: 'text' | 'json' | 'csv';
}

/** Where runs and sweeps are made unless said otherwise. */
const usual = ['runs', 'sweeps'];

/** A value of the database as JSON has it. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (Array.isArray(value)) return value.map(plain);
  return value;
}

const shown = (value: unknown): string =>
  value === null
    ? ''
    : typeof value === 'string' || typeof value === 'number'
      ? String(value)
      : JSON.stringify(value);

interface Answer {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

async function ask(sql: string, folders: readonly string[]): Promise<Answer> {
  const connection = await openDatabase(findRecords(folders));
  try {
    const reader = await connection.runAndReadAll(sql);
    return { columns: reader.columnNames(), rows: reader.getRowsJS().map((row) => row.map(plain)) };
  } catch (error) {
    throw usageError(`the query: ${error instanceof Error ? error.message.trim() : String(error)}`);
  } finally {
    connection.closeSync();
  }
}

async function query({ sql, folders, format }: Options): Promise<void> {
  const found = usual.filter((folder) => existsSync(folder));
  if (folders.length + found.length === 0)
    throw usageError('name folders of runs or sweeps: there is neither runs/ nor sweeps/ here');
  const { columns, rows } = await ask(sql, folders.length > 0 ? folders : found);
  const objects = (): object[] => rows.map((row) => Object.fromEntries(columns.map((c, i) => [c, row[i]])));
  const printed = {
    json: () => `${JSON.stringify(objects(), null, 2)}\n`,
    csv: () => [columns, ...rows].map(csvLine).join(''),
    text: () => `${aligned([columns, ...rows.map((row) => row.map(shown))]).join('\n')}\n`,
  };
  process.stdout.write(printed[format]());
}

/** `herdscope query`: SQL over runs and sweeps. */
export const queryCommand: Command<Options> = {
  builder: (yargs) =>
    yargs
      .positional('sql', {
        type: 'string',
        demandOption: true,
        describe: 'Over runs, metrics, sweeps, and each table of a record (days, positions, fills, ...)',
      })
      .positional('folders', {
        type: 'string',
        array: true,
        default: [],
        defaultDescription: 'runs and sweeps, as far as they are here',
        describe: 'Runs, sweeps, studies, or folders of these',
      })
      .option('format', { choices: ['csv'], describe: 'How results are printed' }) as never,
  handler: query,
};
