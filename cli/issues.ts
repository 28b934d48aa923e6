import type { z } from 'zod';
import { suggestion } from '../core/nearest.js';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** `field.path[3]`. */
export const pathText = (path: Path): string =>
  path.reduce<string>(
    (text, key) =>
      typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`,
    '',
  );

const at = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  );

const line = (path: Path, message: string): string => `${pathText(path) || 'input'}: ${message}`;

const depth = (issues: readonly Issue[]): number => Math.max(...issues.map((issue) => issue.path.length));

/** What zod says of a union that has nothing of its own to say. */
const unsaid = 'Invalid input';

/** A union's closest alternative: the one whose first fault lies deepest. */
function closest(errors: readonly (readonly Issue[])[]): readonly Issue[] {
  return [...errors].sort((a, b) => depth(b) - depth(a) || a.length - b.length)[0] ?? [];
}

function lines(issue: Issue, input: unknown, known: readonly string[]): string[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => line([...issue.path, key], `unknown key${suggestion(key, known)}`));
  const speaks = issue.code === 'invalid_union' && issue.message !== unsaid;
  if (
    issue.code === 'invalid_union' &&
    issue.errors.length > 0 &&
    !(speaks && issue.errors.every((e) => depth(e) === 0))
  )
    return closest(issue.errors).flatMap((inner) =>
      lines({ ...inner, path: [...issue.path, ...inner.path] }, input, known),
    );
  const absent = issue.code !== 'custom' && issue.path.length > 0 && at(input, issue.path) === undefined;
  return [line(issue.path, absent ? `is required (${issue.message})` : issue.message)];
}

/** One line a fault, `field.path[3]: message`, in the order of the schema. */
export const issueLines = (error: z.ZodError, input: unknown, known: readonly string[]): string[] =>
  error.issues.flatMap((issue) => lines(issue, input, known));
