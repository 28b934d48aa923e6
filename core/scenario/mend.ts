import type { z } from 'zod';
import { isRecord } from './layers.js';

type Path = readonly PropertyKey[];

/** A copy without the value at a path: an item takes its whole list with it, so that no other item changes its place. */
function without(value: unknown, path: Path): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return undefined;
  if (Array.isArray(value)) {
    const kept = rest.length > 0 ? without(value[Number(key)], rest) : undefined;
    return kept === undefined ? undefined : value.map((item: unknown, i) => (i === key ? kept : item));
  }
  if (!isRecord(value)) return undefined;
  const { [String(key)]: inner, ...others } = value;
  const kept = rest.length > 0 ? without(inner, rest) : undefined;
  return kept === undefined ? others : { ...others, [String(key)]: kept };
}

const present = (value: unknown, path: Path): boolean =>
  path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key], value) !==
  undefined;

/** What to take out for an issue: an unknown key, a wrong value, or what lacks a value that it must have. */
const faults = (issue: z.core.$ZodIssue, raw: unknown): Path[] =>
  issue.code === 'unrecognized_keys'
    ? issue.keys.map((key) => [...issue.path, key])
    : [present(raw, issue.path) ? issue.path : issue.path.slice(0, -1)];

const MAX_PASSES = 20;

/** What is left of a scenario when all that its schema refuses is taken out and defaults stand in: enough to go on
 * looking for contradictions. Nothing, where even that is refused.
 */
export function mended<T>(schema: z.ZodType<T>, raw: unknown): T | undefined {
  let left = raw;
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const parsed = schema.safeParse(left);
    if (parsed.success) return parsed.data;
    left = parsed.error.issues
      .flatMap((issue) => faults(issue, left))
      .reduce((value, path) => without(value, path), left);
    if (left === undefined) return undefined;
  }
  return undefined;
}
