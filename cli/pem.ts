import { readFileSync } from 'node:fs';
import { usageError } from './errors.js';

/** The text of a certificate or key file. */
export function pem(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw usageError(`${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'})`);
  }
}
