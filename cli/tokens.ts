import { grantOf, type TokenGrant } from '../coordinator/admission.js';
import { usageError } from './errors.js';
import { readText } from './input-files.js';

/** Shorter tokens can be guessed. */
const shortest = 16;
const overseer = '@overseer';

/** Who may do what, by token. */
export interface Tokens {
  /** Undefined where no token is for institutions: then anyone who can reach the port may run them. */
  readonly hosts: readonly TokenGrant[] | undefined;
  readonly isOverseer: (token: string) => boolean;
}

export const noTokens: Tokens = { hosts: undefined, isOverseer: () => false };

/** Reads a tokens file: a line a token, `TOKEN bank-01,bank-02`, `TOKEN *` for all institutions, `TOKEN @overseer` for
 * who may read everything and intervene; # begins a comment. */
export function readTokens(path: string, roster?: readonly string[]): Tokens {
  const known = roster && new Set(roster);
  const grants = readText(path, path)
    .split(/\r?\n/)
    .map((line, i): TokenGrant | undefined => {
      const [token, names, ...more] = line.replace(/#.*/, '').trim().split(/\s+/);
      if (!token) return undefined;
      const at = `${path}:${i + 1}`;
      if (names === undefined || more.length > 0)
        throw usageError(
          `${at}: must be a token, a space, and institutions with commas between, * or ${overseer}`,
        );
      if (token.length < shortest) throw usageError(`${at}: a token has at least ${shortest} characters`);
      const institutions = names === '*' ? ('everyone' as const) : names.split(',');
      const unknown =
        names === '*' || names === overseer
          ? undefined
          : names.split(',').find((id) => known && !known.has(id));
      if (unknown !== undefined) throw usageError(`${at}: the scenario has no institution ${unknown}`);
      return { token, institutions };
    })
    .filter((grant) => grant !== undefined);
  if (grants.length === 0) throw usageError(`${path}: holds no token`);
  const isOversight = ({ institutions }: TokenGrant): boolean =>
    institutions !== 'everyone' && institutions[0] === overseer;
  const hosts = grants.filter((grant) => !isOversight(grant));
  const overseers = grants.filter(isOversight);
  return {
    hosts: hosts.length === 0 ? undefined : hosts,
    isOverseer: (token) => grantOf(overseers, token) !== undefined,
  };
}
