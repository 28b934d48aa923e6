import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomically } from './atomic-file.js';
import { servingFile } from './run-directory.js';

/** How a run is served; paths, never secrets. */
export interface ServingOptions {
  readonly host: string;
  readonly port: number;
  readonly tokens?: string | undefined;
  readonly tlsCert?: string | undefined;
  readonly tlsKey?: string | undefined;
  readonly tlsCa?: string | undefined;
  /** Where gateways are met. */
  readonly redis?: string | undefined;
  readonly log: string;
}

/** Notes beside an unfinished record how it is served, so that it can be carried on in the same way. */
export const keepServing = (folder: string, options: ServingOptions): void =>
  writeAtomically(join(folder, servingFile), Buffer.from(`${JSON.stringify(options, null, 2)}\n`));

/** How an unfinished run was served; undefined where its institutions ran in one process. */
export function readServing(folder: string): ServingOptions | undefined {
  const path = join(folder, servingFile);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as ServingOptions) : undefined;
}
