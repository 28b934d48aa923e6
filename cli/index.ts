#!/usr/bin/env node
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { commands } from './commands/index.js';
import { CliError, usageError } from './errors.js';
import { exitCodes } from './exit-codes.js';
import { globalOptions } from './globals.js';
import { packageVersion } from './package.js';

/** Prints what went wrong, without a stack trace, and sets the exit code. */
function leave(error: unknown): void {
  const lines =
    error instanceof CliError
      ? error.lines
      : [`internal error: ${error instanceof Error ? error.message : String(error)}`];
  process.stderr.write(lines.map((line) => `${line}\n`).join(''));
  if (process.env['HERDSCOPE_DEBUG'] && error instanceof Error)
    process.stderr.write(`${error.stack ?? ''}\n`);
  process.exitCode = error instanceof CliError ? error.exitCode : exitCodes.internal;
}

// A reader that stops early (`herdscope show runs/x | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.ok);
});

try {
  await globalOptions(yargs(hideBin(process.argv)))
    .scriptName('herdscope')
    .usage('$0 <command>\n\nMulti-agent federated allocation: herding, model monoculture, contagion.')
    .command(commands as never)
    .demandCommand(1, 'name a command: herdscope --help lists them')
    .recommendCommands()
    .strict()
    .version(packageVersion)
    .parserConfiguration({ 'duplicate-arguments-array': true, 'greedy-arrays': false })
    .exitProcess(false)
    .fail((message, error: Error | undefined) => {
      throw error ?? usageError(message);
    })
    .parseAsync();
} catch (error) {
  // What an option's own check throws comes wrapped; what a command throws comes as it is.
  leave(error instanceof Error && error.name === 'YError' ? usageError(error.message) : error);
}
