import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { verifyRecord } from '../../analysis/record/verify.js';
import type { Command } from '../command.js';
import { CliError, usageError } from '../errors.js';
import { exitCodes } from '../exit-codes.js';
import type { Globals } from '../globals.js';
import { filesBelow } from '../files-below.js';
import { hashFile, type Manifest } from '../manifest.js';
import { isWorkingFile } from '../run-directory.js';

interface Options extends Globals {
  readonly run: string;
}

/** The manifest of a complete run. */
export function completeManifest(folder: string): Manifest {
  const path = join(folder, 'manifest.json');
  if (!existsSync(path)) throw usageError(`${folder} is not a run: it has no manifest.json`);
  let manifest: Manifest;
  try {
    manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest;
  } catch {
    throw new CliError(exitCodes.verification, [`${path} is not JSON`]);
  }
  if (manifest.status !== 'complete')
    throw usageError(`${folder} is not complete: its manifest says ${manifest.status}`);
  return manifest;
}

/** What keeps a record's files from being those of its manifest. */
function brokenFile(folder: string, manifest: Manifest): string | undefined {
  for (const [file, hash] of Object.entries(manifest.files)) {
    if (!existsSync(join(folder, file))) return `${file} is missing`;
    if (hashFile(join(folder, file)) !== hash)
      return `${file} is not the file of the manifest: its SHA-256 differs`;
  }
  const extra = filesBelow(folder).find(
    (file) => file !== 'manifest.json' && !isWorkingFile(file) && !(file in manifest.files),
  );
  return extra === undefined ? undefined : `${extra} is not in the manifest`;
}

async function verify({ run, format }: Options): Promise<void> {
  const manifest = completeManifest(run);
  const read = (path: string): Uint8Array => readFileSync(join(run, path));
  const link = await verifyRecord(read, manifest.chain).catch(
    (error: unknown) => `the record cannot be read: ${String(error)}`,
  );
  const broken = link ?? brokenFile(run, manifest);
  if (broken !== undefined) throw new CliError(exitCodes.verification, [`${run}: ${broken}`]);
  const files = Object.keys(manifest.files).length;
  const printed = {
    json: () => JSON.stringify({ verified: true, files, chain: manifest.chain }),
    text: () => `verified: ${files} files, chain ends in ${manifest.chain ?? ''}`,
  };
  process.stdout.write(`${printed[format]()}\n`);
}

/** `herdscope verify`: every hash of a record, and the chain that binds its days. */
export const verifyCommand: Command<Options> = {
  builder: (yargs) =>
    yargs.positional('run', { type: 'string', demandOption: true, describe: 'A run’s folder' }) as never,
  handler: verify,
};
