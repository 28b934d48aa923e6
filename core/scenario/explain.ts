import type { z } from 'zod';
import { suggestion } from '../nearest.js';
import type { Layer } from './layers.js';
import type { PlacedProblem, Problem } from './problem.js';

function placeOf(layers: readonly Layer[], path: Problem['path']): string {
  let best = { place: '', depth: -1 };
  for (const layer of layers) {
    const found = layer.locate(path);
    if (found.depth >= best.depth) best = found;
  }
  return best.place;
}

/** A problem at its place; what it has to do with elsewhere is told with its place as well. */
export function placed(layers: readonly Layer[], { path, message, see }: Problem): PlacedProblem {
  const elsewhere = see ? ` (${see.what}: ${placeOf(layers, see.path)})` : '';
  return { path, message: `${message}${elsewhere}`, place: placeOf(layers, path) };
}

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key], value);

const shown = (value: unknown): string => {
  const text = JSON.stringify(value) as string | undefined;
  return text === undefined ? 'nothing' : text.length > 60 ? `${text.slice(0, 57)}...` : text;
};

type Issue = z.core.$ZodIssue & { readonly note?: string };

/** The names that were possible where an unknown one was found. */
function known(schema: unknown, path: readonly PropertyKey[]): string[] {
  const json = path.reduce<Record<string, unknown> | undefined>(
    (node, key) => {
      const properties = node?.['properties'] as Record<string, Record<string, unknown>> | undefined;
      const inner = properties?.[String(key)] ?? node?.['additionalProperties'] ?? node?.['items'];
      return typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : undefined;
    },
    schema as Record<string, unknown>,
  );
  const branches = (json?.['oneOf'] ?? json?.['anyOf'] ?? [json]) as (Record<string, unknown> | undefined)[];
  return [
    ...new Set(
      branches.flatMap((branch) => Object.keys((branch?.['properties'] as object | undefined) ?? {})),
    ),
  ];
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
      message: `is not a known key${suggestion(key, known(schema(), path))}`,
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
