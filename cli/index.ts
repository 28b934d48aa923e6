#!/usr/bin/env node
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { contagionCommand } from './commands/contagion.js';
import { doctorCommand } from './commands/doctor.js';
import { joinCommand } from './commands/join.js';
import { measureCommand } from './commands/measure.js';
import { modelsCommand } from './commands/models.js';
import { reproduceCommand } from './commands/reproduce.js';
import { resumeCommand } from './commands/resume.js';
import { runCommand } from './commands/run.js';
import { schemaCommand } from './commands/schema.js';
import { serveCommand } from './commands/serve.js';
import { showCommand } from './commands/show.js';
import { stressCommand } from './commands/stress.js';
import { sweepCommand } from './commands/sweep.js';
import { validateCommand } from './commands/validate.js';
import { verifyCommand } from './commands/verify.js';
import { CliError, usageError } from './errors.js';
import { exitCodes } from './exit-codes.js';
import { globalOptions } from './globals.js';
import { packageVersion } from './manifest.js';

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
    .command(runCommand as never)
    .command(resumeCommand as never)
    .command(serveCommand as never)
    .command(joinCommand as never)
    .command(validateCommand as never)
    .command(schemaCommand as never)
    .command(reproduceCommand as never)
    .command(verifyCommand as never)
    .command(showCommand as never)
    .command(sweepCommand as never)
    .command(measureCommand as never)
    .command(modelsCommand as never)
    .command(stressCommand as never)
    .command(contagionCommand as never)
    .command(doctorCommand as never)
    .demandCommand(1, 'name a command: herdscope --help lists them')
    .recommendCommands()
    .strict()
    .version(packageVersion)
    .parserConfiguration({ 'duplicate-arguments-array': true, 'greedy-arrays': false })
    .exitProcess(false)
    .fail((message, error) => {
      throw error ?? usageError(message);
    })
    .parseAsync();
} catch (error) {
  leave(error);
}
