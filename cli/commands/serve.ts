import { join } from 'node:path';
import type { Command } from '../command.js';
import { doorwayOptions } from '../doorway-options.js';
import {
  checkpointOption,
  overridesOf,
  scenarioOptions,
  type Globals,
  type ScenarioOptions,
} from '../globals.js';
import { logStyles } from '../log.js';
import { sayNotes } from '../notes.js';
import { runName } from '../run-directory.js';
import { readScenario } from '../scenario-file.js';
import { serveRun } from '../serving.js';
import type { ServingOptions } from '../serving-file.js';

interface Options extends Globals, ScenarioOptions, ServingOptions {
  readonly out: string;
  readonly force: boolean;
  readonly checkpointEvery?: number | undefined;
}

async function serve(options: Options): Promise<void> {
  const { scenario, provenance } = readScenario(options.scenario, overridesOf(options));
  sayNotes(scenario, options);
  const { out, force, checkpointEvery, host, port, tokens, tlsCert, tlsKey, tlsCa, redis, log } = options;
  const serving = { host, port, tokens, tlsCert, tlsKey, tlsCa, redis, log };
  const folder = join(out, runName(scenario));
  await serveRun(
    { scenario, provenance, folder, force, checkpointEvery, serving, from: undefined, isResumed: false },
    options,
  );
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
        describe: 'Run again over a complete run of the same name',
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
