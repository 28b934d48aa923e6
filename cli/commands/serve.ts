import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from '../command.js';
import { requireRoom } from '../check-models.js';
import { readHeard } from '../oversight-file.js';
import { doorwayOptions } from '../doorway-options.js';
import { usageError } from '../errors.js';
import {
  checkpointOption,
  overridesOf,
  scenarioOptions,
  type Globals,
  type ScenarioOptions,
} from '../globals.js';
import { logStyles } from '../log.js';
import { sayNotes } from '../notes.js';
import { oversightFile, runName } from '../run-directory.js';
import { readScenario } from '../scenario-file.js';
import { serveRun } from '../serving.js';
import type { ServingOptions } from '../serving-file.js';

interface Options extends Globals, ScenarioOptions, ServingOptions {
  readonly out: string;
  readonly force: boolean;
  readonly checkpointEvery?: number | undefined;
}

/** What people decided in a run that was stopped is not thrown away unasked. */
function refuseToForget(folder: string, force: boolean): void {
  if (force || !existsSync(join(folder, oversightFile)) || readHeard(folder).said.length === 0) return;
  throw usageError(
    `${folder} holds an unfinished run in which people decided; herdscope resume ${folder} carries it on, --force runs it again without them`,
  );
}

async function serve(options: Options): Promise<void> {
  const read = readScenario(options.scenario, overridesOf(options));
  requireRoom(read);
  const { scenario, provenance } = read;
  sayNotes(scenario, options);
  const { out, force, checkpointEvery, host, port, tokens, tlsCert, tlsKey, tlsCa, redis, log } = options;
  const serving = { host, port, tokens, tlsCert, tlsKey, tlsCa, redis, log };
  const folder = join(out, runName(scenario));
  refuseToForget(folder, force);
  const served = { scenario, provenance, folder, force, checkpointEvery, serving };
  await serveRun({ ...served, from: undefined, heard: undefined }, options);
}

/** `herdscope serve`: a coordinator whose institutions run elsewhere. */
export const serveCommand: Command<Options> = {
  builder: (yargs) =>
    checkpointOption(doorwayOptions(scenarioOptions(yargs)))
      .option('out', {
        type: 'string',
        default: 'runs',
        describe: 'Folder that the run’s own folder is made in',
      })
      .option('force', {
        type: 'boolean',
        default: false,
        describe: 'Run again over a complete run of the same name, or over one in which people decided',
      })
      .option('redis', {
        type: 'string',
        describe: 'Redis by which hosts come through `herdscope gateway` too, such as redis://127.0.0.1:6379',
      })
      .option('log', {
        choices: logStyles,
        default: 'text' as const,
        describe: 'How what happens is told on stderr',
      }) as never,
  handler: serve,
};
