import type { z } from 'zod';
import { suggestion } from '../nearest.js';
import { keysAt, type Keys } from './branches.js';
import type { Layer } from './layers.js';
import type { Elsewhere, PlacedProblem, Problem } from './problem.js';

/** The deepest place that says something on a path, and how much of the path it has. */
function deepest(layers: readonly Layer[], path: Problem['path']): { place: string; depth: number } {
  let best = { place: '', depth: -1 };
  for (const layer of layers) {
    const found = layer.locate(path);
    if (found.depth >= best.depth) best = found;
  }
  return best;
}

/** Where something is written, or that it is a default. */
function written(layers: readonly Layer[], { path, or = [], what }: Elsewhere): string {
  const found = [path, ...or].map((one) => ({ one, ...deepest(layers, one) }));
  const given = found.find(({ one, depth }) => depth === one.length);
  return ` (${what}: ${given?.place ?? 'the default'})`;
}

/** A problem at its place; what it has to do with elsewhere is told with its place as well. */
export const placed = (layers: readonly Layer[], { path, message, see }: Problem): PlacedProblem => ({
  path,
  message: `${message}${see ? written(layers, see) : ''}`,
  place: deepest(layers, path).place,
});

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key], value);

const shown = (value: unknown): string => {
  const text = JSON.stringify(value) as string | undefined;
  return text === undefined ? 'nothing' : text.length > 60 ? `${text.slice(0, 57)}...` : text;
};

type Issue = z.core.$ZodIssue & { readonly note?: string };

/** What an unknown key was meant for. */
function unknownKey(key: string, { names, choice }: Keys): string {
  const owners = choice?.owners(key) ?? [];
  return owners.length > 0
    ? `is not a key of ${choice!.said}, but of ${owners.map((owner) => `"${owner}"`).join(', ')}`
    : `is not a known key${suggestion(key, names)}`;
}

const types: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping of keys',
  record: 'a mapping of keys',
};

/** What would be allowed, in a reader's words. */
function demand(issue: Issue): string {
  const within = (bound: unknown, inclusive: boolean | undefined, sides: readonly [string, string]): string =>
    `must be ${sides[inclusive === false ? 1 : 0]} ${String(bound)}`;
  const counted = 'origin' in issue && issue.origin !== 'number' && issue.origin !== 'int';
  if (issue.code === 'invalid_type') return `must be ${types[issue.expected] ?? issue.expected}`;
  if (issue.code === 'too_small' && !counted)
    return within(issue.minimum, issue.inclusive, ['at least', 'above']);
  if (issue.code === 'too_big' && !counted)
    return within(issue.maximum, issue.inclusive, ['at most', 'below']);
  return issue.message;
}

/** What an issue of a schema says to whoever wrote the values. */
export function explain(issue: Issue, raw: unknown, schema: () => unknown): Problem[] {
  const path = issue.path as (string | number)[];
  const got = shown(valueAt(raw, path));
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      path: [...path, key],
      message: unknownKey(key, keysAt(schema(), raw, path)),
    }));
  if (issue.code === 'invalid_union' && issue.discriminator !== undefined) {
    const names = (issue as { options?: unknown[] }).options?.map(String) ?? [];
    return [
      {
        path,
        message: `${got} is not one of ${names.join(', ')}${suggestion(String(valueAt(raw, path)), names)}`,
      },
    ];
  }
  if (issue.code === 'invalid_value') {
    const names = issue.values.map(String);
    return [{ path, message: `${got} is not one of ${names.join(', ')}${suggestion(got, names)}` }];
  }
  return [{ path, message: `${demand(issue)} (got ${got})` }];
}
