import { namesFor } from '../nearest.js';
import { isRecord } from './layers.js';
import type { Elsewhere, Problem } from './problem.js';

/** Where the names stand that a scenario refers to. */
export const universe: Elsewhere = { path: ['assets'], what: 'the universe' };
export const theRoster: Elsewhere = {
  path: ['institutions', 'types'],
  or: [['institutions', 'count']],
  what: 'the roster',
};

/** A name that refers to nothing, with those that there are. */
export const unknownName = (
  path: Problem['path'],
  word: string,
  names: Iterable<string>,
  what: string,
  see: Elsewhere,
): Problem => ({ path, message: `"${word}" is not ${what}${namesFor(word, names)}`, see });

/** Every entry whose name an earlier one has.
 * @param at the path of the n-th name
 */
export const repeated = (
  names: readonly string[],
  at: (n: number) => Problem['path'],
  message = (name: string) => `"${name}" is listed twice`,
): Problem[] =>
  names.flatMap((name, n) => {
    const first = names.indexOf(name);
    return first < n
      ? [{ path: at(n), message: message(name), see: { path: at(first), what: 'the first' } }]
      : [];
  });

/** Names that stand twice in one list, whichever list of names it is. */
export function repeatedNames(value: unknown, path: Problem['path'] = []): Problem[] {
  if (Array.isArray(value)) {
    const list = value as readonly unknown[];
    return list.every((item) => typeof item === 'string')
      ? repeated(list, (n) => [...path, n])
      : list.flatMap((item, i) => repeatedNames(item, [...path, i]));
  }
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => repeatedNames(inner, [...path, key]));
}
