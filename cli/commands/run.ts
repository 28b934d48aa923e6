import { join } from 'node:path';
import type { Hosts } from '../../coordinator/learning.js';
import type { Scenario } from '../../core/scenario.js';
import {
  checkpointOption,
  overridesOf,
  scenarioOptions,
  wholeNumber,
  type Globals,
  type ScenarioOptions,
} from '../globals.js';
import type { Command } from '../command.js';
import { requireModels } from '../check-models.js';
import { localHosts, threadsFor } from '../hosts.js';
import { sayNotes } from '../notes.js';
import { runName } from '../run-directory.js';
import { runJob } from '../run-job.js';
import { readScenario } from '../scenario-file.js';

interface Options extends Globals, ScenarioOptions {
  readonly workers?: number | undefined;
  readonly checkpointEvery?: number | undefined;
  readonly out: string;
  readonly force: boolean;
}

async function run(options: Options): Promise<void> {
  const read = readScenario(options.scenario, overridesOf(options));
  const ofModels = await requireModels(read);
  const { scenario, provenance } = read;
  sayNotes(scenario, options, ofModels);
  const folder = join(options.out, runName(scenario));
  const { workers, force, checkpointEvery } = options;
  const openHosts = (given: Scenario): Hosts => localHosts(given, workers ?? threadsFor(given));
  const checkpoints = { every: checkpointEvery };
  return runJob({ scenario, provenance, openHosts, folder, force, checkpoints }, options);
}

/** `herdscope run`: one scenario in, one record and report out. */
export const runCommand: Command<Options> = {
  builder: (yargs) =>
    checkpointOption(scenarioOptions(yargs))
      .option('out', {
        type: 'string',
        default: 'runs',
        describe: 'Folder that the run’s own folder is made in',
      })
      .option('workers', {
        type: 'number',
        defaultDescription: 'as many as the machine has cores, fewer for a small run',
        describe: 'Threads that institutions are spread over; results are the same for any number',
        coerce: (value: number | undefined) =>
          value === undefined ? undefined : wholeNumber('--workers')(value),
      })
      .option('force', {
        type: 'boolean',
        default: false,
        describe: 'Run again over a complete run of the same name',
      }) as never,
  handler: run,
};
