import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { CommandModule } from 'yargs';
import type { Scenario } from '../../core/scenario.js';
import { readCheckpoint } from '../checkpoint-file.js';
import { usageError } from '../errors.js';
import { checkpointOption, type Globals } from '../globals.js';
import { localHosts } from '../hosts.js';
import { statusOf } from '../run-directory.js';
import { runJob } from '../run-job.js';
import { readScenario } from '../scenario-file.js';

interface Options extends Globals {
  readonly run: string;
  readonly checkpointEvery?: number | undefined;
}

async function resume(options: Options): Promise<void> {
  const { run: folder } = options;
  if (!existsSync(join(folder, 'resolved.json')))
    throw usageError(`${folder} is not a run: it has no resolved.json`);
  if (statusOf(folder) === 'complete') {
    process.stdout.write(`${folder} is complete\n`);
    return;
  }
  const { scenario } = readScenario(join(folder, 'resolved.json'), []);
  const from = readCheckpoint(folder, scenario);
  const job = {
    scenario,
    folder,
    from,
    force: false,
    provenance: from?.provenance,
    openHosts: (given: Scenario) => localHosts(given, from?.workers ?? availableParallelism()),
    checkpoints: { every: options.checkpointEvery ?? from?.checkpointEvery },
  };
  await runJob(job, options);
}

/** `herdscope resume`: carries an unfinished run on to the end that it would have had. */
export const resumeCommand: CommandModule<object, Options> = {
  command: 'resume <run>',
  describe: 'Carry an unfinished run on from its last checkpoint; the record is the same bytes',
  builder: (yargs) =>
    checkpointOption(
      yargs.positional('run', { type: 'string', demandOption: true, describe: 'A run’s folder' }),
    ) as never,
  handler: resume,
};
