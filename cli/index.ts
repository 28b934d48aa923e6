#!/usr/bin/env node
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { measureCommand } from './commands/measure.js';
import { CliError } from './errors.js';

function leave(error: unknown): void {
  const lines = error instanceof CliError ? error.lines : [`internal error: ${String(error)}`];
  process.stderr.write(lines.map((line) => `${line}\n`).join(''));
  process.exitCode = error instanceof CliError ? error.exitCode : 1;
}

try {
  await yargs(hideBin(process.argv))
    .scriptName('herdscope')
    .command(measureCommand)
    .demandCommand(1)
    .strict()
    .exitProcess(false)
    .fail((message, error) => {
      throw error ?? new CliError(2, [message]);
    })
    .parseAsync();
} catch (error) {
  leave(error);
}
