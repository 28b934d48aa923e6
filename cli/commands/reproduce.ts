import { availableParallelism } from 'node:os';
import type { Command } from '../command.js';
import { usageError } from '../errors.js';
import { wholeNumber, type Globals } from '../globals.js';
import { reproduceRun } from '../reproduce/run.js';
import { reproduceSweep } from '../reproduce/sweep.js';
import { isSweep } from '../sweep/read-sweep.js';

interface Options extends Globals {
  readonly folder: string;
  readonly sample?: number | undefined;
  readonly seed: number;
  readonly workers: number;
}

async function reproduce(options: Options): Promise<void> {
  const { folder, sample } = options;
  if (isSweep(folder)) return reproduceSweep(folder, { ...options, sample }, options);
  if (sample !== undefined) throw usageError(`--sample: ${folder} is not a sweep, nor a study with results`);
  return reproduceRun(folder, options);
}

/** `herdscope reproduce`: runs what a record, a sweep or a study is of again and compares every hash. */
export const reproduceCommand: Command<Options> = {
  builder: (yargs) =>
    yargs
      .positional('folder', {
        type: 'string',
        demandOption: true,
        describe: 'Folder of a run, of a sweep, or of a study with results',
      })
      .option('sample', {
        type: 'number',
        describe: 'Of a sweep: only so many runs, drawn by lot',
        coerce: (value: number | undefined) =>
          value === undefined ? undefined : wholeNumber('--sample')(value),
      })
      .option('seed', {
        type: 'number',
        default: 1,
        describe: 'Of the lot that draws a sample',
        coerce: wholeNumber('--seed'),
      })
      .option('workers', {
        alias: 'j',
        type: 'number',
        default: availableParallelism(),
        defaultDescription: 'as many as the machine has cores',
        describe: 'Worker processes of a sweep',
        coerce: wholeNumber('--workers'),
      }) as never,
  handler: reproduce,
};
