import { readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Every file below a folder, sorted by path. */
export function filesBelow(folder: string, within = folder): string[] {
  return readdirSync(folder)
    .flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory()
        ? filesBelow(path, within)
        : [relative(within, path).split('\\').join('/')];
    })
    .sort();
}
