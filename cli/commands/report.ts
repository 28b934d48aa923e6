import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Metrics } from '../../analysis/metrics.js';
import type { Command } from '../command.js';
import { usageError } from '../errors.js';
import type { Globals } from '../globals.js';
import { readRun } from '../run-data.js';
import { readFailures } from '../sweep/failures.js';
import { replaceFile } from '../sweep/folder.js';
import { isSweep, readSweep } from '../sweep/read-sweep.js';
import { writeReport } from '../write-report.js';
import { completeManifest } from './verify.js';

interface Options extends Globals {
  readonly folder: string;
  readonly out?: string | undefined;
  readonly force: boolean;
}

/** Drawing libraries are slow to load: each is loaded when it draws. */
async function filesOf(folder: string): Promise<ReadonlyMap<string, string>> {
  if (isSweep(folder)) {
    const { sweepReportOf } = await import('../../analysis/report/sweep.js');
    return (await sweepReportOf(await readSweep(folder), readFailures(folder).length)).files;
  }
  const { command } = completeManifest(folder);
  const { reportOf } = await import('../../analysis/report/index.js');
  const metrics = JSON.parse(readFileSync(join(folder, 'metrics.json'), 'utf8')) as Metrics;
  return (await reportOf(await readRun(folder, command), metrics)).files;
}

/** Into a sweep's own folder; a run's is sealed by its manifest, so its report goes elsewhere. */
function place({ folder, out, force }: Options, files: ReadonlyMap<string, string>): string {
  if (out !== undefined) return writeReport(files, out, force);
  if (!isSweep(folder)) return writeReport(files, `${basename(folder)}-report`, force);
  for (const [path, content] of files) replaceFile(join(folder, path), content);
  return join(folder, 'report.html');
}

async function report(options: Options): Promise<void> {
  if (!existsSync(options.folder)) throw usageError(`${options.folder} does not exist`);
  const files = await filesOf(options.folder);
  const page = place(options, files);
  const printed = {
    json: () => JSON.stringify({ report: page, files: [...files.keys()] }),
    text: () => page,
  };
  process.stdout.write(`${printed[options.format]()}\n`);
}

/** `herdscope report`: a report from what is recorded, without running anything. */
export const reportCommand: Command<Options> = {
  builder: (yargs) =>
    yargs
      .positional('folder', { type: 'string', demandOption: true, describe: 'A sweep, a study or a run' })
      .option('out', {
        type: 'string',
        describe: 'Folder to write into',
        defaultDescription: 'a sweep’s own; for a run, <name>-report here',
      })
      .option('force', {
        type: 'boolean',
        default: false,
        describe: 'Write into a folder that holds something',
      }) as never,
  handler: report,
};
