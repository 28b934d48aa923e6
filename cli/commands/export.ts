import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Command } from '../command.js';
import { usageError } from '../errors.js';
import type { Source } from '../export/exporter.js';
import { exporters } from '../export/index.js';
import type { Globals } from '../globals.js';
import { makeFolder } from '../make-folder.js';
import { writing } from '../run-directory.js';
import { isSweep } from '../sweep/read-sweep.js';
import { completeManifest } from './verify.js';

interface Options extends Globals {
  readonly folder: string;
  readonly to: keyof typeof exporters;
  readonly out?: string | undefined;
  readonly license: string;
  readonly force: boolean;
}

function sourceOf(folder: string): Source {
  if (!existsSync(folder)) throw usageError(`${folder} does not exist`);
  if (isSweep(folder)) return { folder, kind: 'sweep' };
  completeManifest(folder);
  return { folder, kind: 'run' };
}

async function exportRecord({ folder, to, out, license, force, format }: Options): Promise<void> {
  const source = sourceOf(folder);
  const into = out ?? `${basename(resolve(folder))}-${to}`;
  if (!force && existsSync(into) && readdirSync(into).length > 0)
    throw usageError(`--out ${into}: is not empty; --force writes into it`);
  const files = await exporters[to].export(source, { license });
  for (const [path, content] of files)
    writing(join(into, path), () => {
      makeFolder(dirname(join(into, path)));
      writeFileSync(join(into, path), content);
    });
  const printed = {
    json: () => JSON.stringify({ folder: into, files: [...files.keys()] }),
    text: () => `${files.size} ${files.size === 1 ? 'file' : 'files'} in ${into}`,
  };
  process.stdout.write(`${printed[format]()}\n`);
}

/** `herdscope export`: a run, a sweep or a study for other tools, or to be archived and cited. */
export const exportCommand: Command<Options> = {
  builder: (yargs) =>
    yargs
      .positional('folder', { type: 'string', demandOption: true, describe: 'A run, a sweep or a study' })
      .option('to', {
        choices: Object.keys(exporters) as Options['to'][],
        demandOption: true,
        describe: Object.entries(exporters)
          .map(([name, { summary }]) => `${name}: ${summary}`)
          .join('; '),
      })
      .option('out', {
        type: 'string',
        describe: 'Folder to write into',
        defaultDescription: '<name>-<form> here',
      })
      .option('license', {
        type: 'string',
        default: 'CC-BY-4.0',
        describe: 'What a crate may be used under: an SPDX identifier or an address',
      })
      .option('force', {
        type: 'boolean',
        default: false,
        describe: 'Write into a folder that holds something',
      }) as never,
  handler: exportRecord,
};
