import type { z } from 'zod';
import { isRecord } from './layers.js';
import type { Problem } from './problem.js';

type Path = Problem['path'];

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key], value);

/** Whether a list is of numbers or of lists, in which no item stands by itself; what stands at `key` is left out. */
const isTable = (list: readonly unknown[], key: unknown): boolean =>
  list.some((item, i) => i !== key && (typeof item === 'number' || Array.isArray(item)));

/** What must go with what stands at a path: all of the table that it is in. */
function widened(value: unknown, path: Path): Path {
  const outer = path.slice(0, -1);
  const list = valueAt(value, outer);
  return Array.isArray(list) && isTable(list, path.at(-1)) ? widened(value, outer) : path;
}

/** A copy without the value at a path: an item of a list leaves a hole, so that no other changes its place. */
function without(value: unknown, path: Path): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return undefined;
  if (Array.isArray(value)) return value.map((item: unknown, i) => (i === key ? without(item, rest) : item));
  if (!isRecord(value)) return undefined;
  const { [String(key)]: inner, ...others } = value;
  const kept = rest.length > 0 ? without(inner, rest) : undefined;
  return kept === undefined ? others : { ...others, [String(key)]: kept };
}

/** The same with lists closed up. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => item !== undefined).map(closed);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, closed(inner)]));
}

/** Where something stood before lists were closed up. */
function opened(value: unknown, path: Path): Path {
  let inner = value;
  return path.map((key) => {
    const holder = inner;
    const place = Array.isArray(holder) ? (standing(holder)[Number(key)] ?? key) : key;
    inner = (holder as Record<PropertyKey, unknown> | null | undefined)?.[place];
    return place;
  });
}

const standing = (list: readonly unknown[]): number[] =>
  list.flatMap((item, i) => (item === undefined ? [] : [i]));

/** What to take out for an issue: an unknown key, a wrong value, or what lacks a value that it must have. */
function faults(issue: z.core.$ZodIssue, left: unknown): Path[] {
  const path = opened(left, issue.path as Path);
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => [...path, key]);
  return [valueAt(left, path) === undefined ? path.slice(0, -1) : path];
}

/** What is left of a scenario. */
export interface Mended<T> {
  readonly data: T;
  /** Paths of what was taken out, as it was written. */
  readonly taken: readonly Path[];
  /** Where something in it was written. */
  readonly origin: (path: Path) => Path;
}

const MAX_PASSES = 20;

/** What is left of a scenario when all that its schema refuses is taken out and defaults stand in: enough to go on
 * looking for contradictions. Nothing, where even that is refused.
 * @param spare what stands in where the whole lacks what has no default
 */
export function mended<T>(
  schema: z.ZodType<T>,
  raw: unknown,
  spare: Readonly<Record<string, unknown>>,
): Mended<T> | undefined {
  let left = raw;
  const taken: Path[] = [];
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const parsed = schema.safeParse(closed(left));
    const now = left;
    if (parsed.success) return { data: parsed.data, taken, origin: (path) => opened(now, path) };
    for (const fault of parsed.error.issues.flatMap((issue) => faults(issue, now))) {
      if (fault.length === 0 && isRecord(left)) {
        left = { ...spare, ...left };
        continue;
      }
      const path = widened(left, fault);
      taken.push(path);
      left = without(left, path);
    }
    if (left === undefined) return undefined;
  }
  return undefined;
}
