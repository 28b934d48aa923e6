/** One setting that is not at its default. */
export interface Difference {
  readonly path: string;
  readonly value: unknown;
  /** Undefined where the defaults have no such setting. */
  readonly otherwise: unknown;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Keys to go into: of records, and of lists of equal length. */
function inner(value: unknown, otherwise: unknown): readonly string[] | null {
  if (isRecord(value) && isRecord(otherwise))
    return [...new Set([...Object.keys(otherwise), ...Object.keys(value)])];
  if (
    Array.isArray(value) &&
    Array.isArray(otherwise) &&
    value.length === otherwise.length &&
    value.some(isRecord)
  )
    return [...value.keys()].map(String);
  return null;
}

const at = (value: unknown, key: string): unknown => (value as Readonly<Record<string, unknown>>)[key];

/** The settings in which a scenario differs from the defaults, each at its deepest path. */
export function differences(value: unknown, otherwise: unknown, path = ''): Difference[] {
  if (same(value, otherwise)) return [];
  const keys = inner(value, otherwise);
  if (keys === null) return [{ path, value, otherwise }];
  return keys.flatMap((key) =>
    differences(at(value, key), at(otherwise, key), path === '' ? key : `${path}.${key}`),
  );
}
