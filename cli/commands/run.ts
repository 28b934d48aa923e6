import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { CommandModule } from 'yargs';
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
import { localHosts } from '../hosts.js';
import { runName } from '../run-directory.js';
import { runJob } from '../run-job.js';
import { readScenario } from '../scenario-file.js';

interface Options extends Globals, ScenarioOptions {
  readonly workers: number;
  readonly checkpointEvery?: number | undefined;
  readonly out: string;
  readonly force: boolean;
}

function run(options: Options): Promise<void> {
  const { scenario, provenance } = readScenario(options.scenario, overridesOf(options));
  const folder = join(options.out, runName(scenario));
  const { workers, force, checkpointEvery } = options;
  const openHosts = (given: Scenario): Hosts => localHosts(given, workers);
  const checkpoints = { every: checkpointEvery };
  return runJob({ scenario, provenance, openHosts, folder, force, checkpoints }, options);
}

/** `herdscope run`: one scenario in, one record and report out. */
export const runCommand: CommandModule<object, Options> = {
  command: 'run [scenario]',
  describe: 'Simulate a scenario and write its record and report',
  builder: (yargs) =>
    checkpointOption(scenarioOptions(yargs))
      .option('out', {
        type: 'string',
        default: 'runs',
        describe: 'Folder that the run’s own folder is made in',
      })
      .option('workers', {
        type: 'number',
        default: availableParallelism(),
        defaultDescription: 'as many as the machine has cores',
        describe: 'Threads that institutions are spread over; results are the same for any number',
        coerce: wholeNumber('--workers'),
      })
      .option('force', {
        type: 'boolean',
        default: false,
        describe: 'Run again over a complete run of the same name',
      }) as never,
  handler: run,
};
