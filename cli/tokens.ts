import type { TokenGrant } from '../coordinator/admission.js';
import { usageError } from './errors.js';
import { readText } from './input-files.js';

/** Shorter tokens can be guessed. */
const shortest = 16;

/** Reads a tokens file: a line a token, `TOKEN bank-01,bank-02`, or `TOKEN *` for all; # begins a comment. */
export function readTokens(path: string, roster: readonly string[]): TokenGrant[] {
  const known = new Set(roster);
  const grants = readText(path, path)
    .split(/\r?\n/)
    .map((line, i): TokenGrant | undefined => {
      const [token, names, ...more] = line.replace(/#.*/, '').trim().split(/\s+/);
      if (!token) return undefined;
      const at = `${path}:${i + 1}`;
      if (names === undefined || more.length > 0)
        throw usageError(`${at}: must be a token, a space, and institutions with commas between, or *`);
      if (token.length < shortest) throw usageError(`${at}: a token has at least ${shortest} characters`);
      const institutions = names === '*' ? ('everyone' as const) : names.split(',');
      const unknown = institutions === 'everyone' ? undefined : institutions.find((id) => !known.has(id));
      if (unknown !== undefined) throw usageError(`${at}: the scenario has no institution ${unknown}`);
      return { token, institutions };
    })
    .filter((grant) => grant !== undefined);
  if (grants.length === 0) throw usageError(`${path}: holds no token`);
  return grants;
}
