import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { replayed } from '../../coordinator/authority.js';
import { decisionsOf } from '../decisions.js';
import type { Scenario } from '../../core/scenario.js';
import { readCheckpoint } from '../checkpoint-file.js';
import type { Command } from '../command.js';
import { usageError } from '../errors.js';
import { readHeard } from '../oversight-file.js';
import { checkpointOption, type Globals } from '../globals.js';
import { localHosts, threadsFor } from '../hosts.js';
import { removeWorkingFiles, statusOf } from '../run-directory.js';
import { runJob } from '../run-job.js';
import { readScenario } from '../scenario-file.js';
import { serveRun } from '../serving.js';
import { readServing } from '../serving-file.js';

interface Options extends Globals {
  readonly run: string;
  readonly checkpointEvery?: number | undefined;
}

async function resume(options: Options): Promise<void> {
  const { run: folder } = options;
  if (!existsSync(join(folder, 'resolved.json')))
    throw usageError(`${folder} is not a run: it has no resolved.json`);
  if (statusOf(folder) === 'complete') {
    removeWorkingFiles(folder);
    process.stdout.write(`${folder} is complete\n`);
    return;
  }
  const { scenario } = readScenario(join(folder, 'resolved.json'), []);
  const from = readCheckpoint(folder, scenario);
  const serving = readServing(folder);
  const checkpointEvery = options.checkpointEvery ?? from?.checkpointEvery;
  if (serving) {
    const provenance = from?.provenance;
    const served = { scenario, provenance, folder, force: false, serving, checkpointEvery, from };
    return serveRun({ ...served, heard: readHeard(folder) }, options);
  }
  const job = {
    scenario,
    folder,
    from,
    force: false,
    authority: replayed(decisionsOf(folder)),
    provenance: from?.provenance,
    openHosts: (given: Scenario) => localHosts(given, from?.workers ?? threadsFor(given)),
    checkpoints: { every: checkpointEvery },
  };
  await runJob(job, options);
}

/** `herdscope resume`: carries an unfinished run on to the end that it would have had. */
export const resumeCommand: Command<Options> = {
  builder: (yargs) =>
    checkpointOption(
      yargs.positional('run', { type: 'string', demandOption: true, describe: 'A run’s folder' }),
    ) as never,
  handler: resume,
};
