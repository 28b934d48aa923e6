import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { usageError } from './errors.js';
import { makeFolder } from './make-folder.js';

/** Writes a report's files; a folder that holds anything is left alone unless forced. Returns the page's path. */
export function writeReport(files: ReadonlyMap<string, string>, out: string, force: boolean): string {
  if (!force && existsSync(out) && readdirSync(out).length > 0)
    throw usageError(`--out ${out}: is not empty; --force writes into it`);
  for (const [path, content] of files) {
    makeFolder(dirname(join(out, path)));
    writeFileSync(join(out, path), content);
  }
  return join(out, 'report.html');
}
