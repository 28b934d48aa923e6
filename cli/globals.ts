import type { Argv } from 'yargs';
import { usageError } from './errors.js';

/** Options that every command takes. */
export interface Globals {
  readonly format: 'text' | 'json';
  readonly quiet: boolean;
  readonly color: boolean;
  readonly input: boolean;
}

export const globalOptions = <T>(yargs: Argv<T>): Argv<T & Globals> =>
  yargs
    .option('format', {
      choices: ['text', 'json'] as const,
      default: 'text' as const,
      describe: 'How results are printed',
      global: true,
    })
    .option('quiet', {
      type: 'boolean',
      default: false,
      describe: 'Nothing on stderr but errors',
      global: true,
    })
    .option('color', {
      type: 'boolean',
      default: true,
      describe: 'Colours, where stderr is a terminal (--no-color: never)',
      global: true,
    })
    .option('input', {
      type: 'boolean',
      default: true,
      describe: 'May ask questions on a terminal (--no-input: never)',
      global: true,
    });

/** Options of every command that takes a scenario. */
export interface ScenarioOptions {
  readonly scenario?: string | undefined;
  readonly seed?: number | undefined;
  readonly set: readonly string[];
}

function seedNumber(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isSafeInteger(value) && value >= 0) return value;
  throw usageError(`--seed: must be a whole number of at least 0 (got ${JSON.stringify(text)})`);
}

export const scenarioOptions = <T>(yargs: Argv<T>): Argv<T & ScenarioOptions> =>
  yargs
    .positional('scenario', {
      type: 'string',
      describe: 'A YAML file, or a shipped scenario such as monoculture/baseline',
    })
    .option('seed', {
      type: 'string',
      describe: 'Replaces the scenario’s seed',
      coerce: (value: string | undefined) => (value === undefined ? undefined : seedNumber(value)),
    })
    .option('set', {
      alias: 'S',
      type: 'string',
      array: true,
      nargs: 1,
      default: [] as string[],
      describe: 'Override: path.to.key=value',
    });

/** All overrides of a command line, in force order. */
export const overridesOf = ({ seed, set }: ScenarioOptions): string[] => [
  ...set,
  ...(seed === undefined ? [] : [`seed=${seed}`]),
];

/** Reads an option that counts something: at least 1. */
export const wholeNumber =
  (option: string) =>
  (value: number): number => {
    if (Number.isSafeInteger(value) && value >= 1) return value;
    throw usageError(`${option}: must be a whole number of at least 1`);
  };

/** How often a run keeps what it can be carried on from. */
export const checkpointOption = <T>(
  yargs: Argv<T>,
): Argv<T & { readonly checkpointEvery?: number | undefined }> =>
  yargs.option('checkpoint-every', {
    type: 'number',
    describe: 'Rounds between checkpoints, which `herdscope resume` carries on from',
    coerce: (value: number | undefined) =>
      value === undefined ? undefined : wholeNumber('--checkpoint-every')(value),
  });
