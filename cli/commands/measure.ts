import { dirname } from 'node:path';
import { text as streamText } from 'node:stream/consumers';
import type { Command } from '../command.js';
import { usageError } from '../errors.js';
import { evaluate, inputSchema } from '../evaluate.js';
import type { Globals } from '../globals.js';
import { readText } from '../input-files.js';
import { parseJson } from '../json-text.js';
import { measureNamed, measures } from '../measures.js';

interface Options extends Globals {
  readonly name?: string | undefined;
  readonly file?: string | undefined;
  readonly list: boolean;
  readonly schema: boolean;
}

const print = (value: unknown): void => {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
};

const catalogue = () =>
  Object.entries(measures)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { summary, formula, range, source, pitfall }]) => ({
      name,
      summary,
      formula,
      range,
      source,
      paper: source,
      pitfall: pitfall ?? null,
    }));

function printText(): void {
  const entries = catalogue();
  const width = Math.max(...entries.map(({ name }) => name.length));
  for (const { name, summary } of entries) process.stdout.write(`${name.padEnd(width)}  ${summary}\n`);
}

const listers: Readonly<Record<Globals['format'], () => void>> = {
  text: printText,
  json: () => print(catalogue()),
};

function printSchema(name: string): void {
  const measure = measureNamed(name);
  print({ schema: inputSchema(measure), example: measure.example });
}

/** yargs hands a lone dash on as an empty string. */
const isStandardInput = (path: string): boolean => path === '-' || path === '';

async function printResult(name: string, path: string): Promise<void> {
  const measure = measureNamed(name);
  const piped = isStandardInput(path);
  const text = piped ? await streamText(process.stdin) : readText(path, path);
  const given = parseJson(text, piped ? 'standard input' : path);
  print(evaluate(measure, given, piped ? '.' : dirname(path)));
}

async function run({ name, file, list, schema, format }: Options): Promise<void> {
  if (list) return listers[format]();
  if (name === undefined) throw usageError('measure: name a measure, or list them with --list');
  if (schema) return printSchema(name);
  measureNamed(name);
  if (file === undefined)
    throw usageError(
      `measure ${name}: give an input file, or - for standard input; --schema shows an example`,
    );
  return printResult(name, file);
}

/** `herdscope measure`: any measure on the user's own data. */
export const measureCommand: Command<Options> = {
  builder: (yargs) =>
    yargs
      .positional('name', { type: 'string', describe: 'The measure; --list names them' })
      .positional('file', { type: 'string', describe: 'A JSON file, or - for standard input' })
      .option('list', { type: 'boolean', default: false, describe: 'List every measure' })
      .option('schema', {
        type: 'boolean',
        default: false,
        describe: "Print the input's JSON Schema and a worked example",
      }) as never,
  handler: run,
};
