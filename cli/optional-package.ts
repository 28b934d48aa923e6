import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { usageError } from './errors.js';

/** Beside Herdscope, and in the working directory: where optional packages are looked for. */
const places = (): string[] => [import.meta.url, pathToFileURL(join(process.cwd(), 'from-here.js')).href];

/** Where an optional package is; undefined where it is not installed. */
export function findPackage(name: string): string | undefined {
  for (const place of places())
    try {
      return createRequire(place).resolve(name);
    } catch {
      continue;
    }
  return undefined;
}

/** How an optional package is: absent, or why it does not load (a native part that was built for another machine), or found. */
export async function conditionOf(name: string): Promise<'found' | 'absent' | { readonly why: string }> {
  const path = findPackage(name);
  if (path === undefined) return 'absent';
  try {
    await import(pathToFileURL(path).href);
    return 'found';
  } catch (error) {
    return { why: (error as Error).message.split('\n')[0]! };
  }
}

/** Loads an optional package, or leaves with the command that installs what is missing. */
export async function loadPackage<T>(name: string, whatFor: string, install = name): Promise<T> {
  const path = findPackage(name);
  if (path === undefined)
    throw usageError(`${whatFor} needs ${name}, which is not installed: npm install ${install}`);
  const loaded = (await import(pathToFileURL(path).href)) as T & { readonly default?: T };
  return loaded.default ?? loaded;
}
