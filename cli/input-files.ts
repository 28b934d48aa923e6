import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseCsv } from './csv.js';
import { usageError } from './errors.js';

type Schema = Readonly<Record<string, unknown>>;

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EISDIR: 'is a folder',
  EACCES: 'may not be read',
};

/** Why a file could not be read as text. */
export function readingFault(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (error instanceof TypeError) return 'is binary, not text';
  return reasons[code] ?? `cannot be read (${code || 'unknown reason'})`;
}

/** The text of a user's file; what cannot be read, or is not text, is a usage error. */
export function readText(path: string, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    throw usageError(`${name}: ${readingFault(error)}`);
  }
}

const asSchemas = (value: unknown): Schema[] =>
  typeof value === 'object' && value !== null ? [value as Schema] : [];

/** The alternatives a schema offers, itself included. */
const alternatives = (schema: Schema): Schema[] =>
  [
    schema,
    ...['anyOf', 'oneOf', 'allOf'].flatMap((key) => (schema[key] as Schema[] | undefined) ?? []),
  ].flatMap((each) => (each === schema ? [each] : alternatives(each)));

const isKind = (schema: Schema, ...kinds: string[]): boolean =>
  alternatives(schema).some((each) => kinds.includes(each.type as string));

const child = (schema: Schema, key: string | number): Schema[] =>
  alternatives(schema).flatMap((each) =>
    asSchemas(
      typeof key === 'number'
        ? each.items
        : ((each.properties as Record<string, unknown> | undefined)?.[key] ?? each.additionalProperties),
    ),
  );

/** Whether a list of numbers, not a table, is wanted here. */
const wantsVector = (schemas: readonly Schema[]): boolean => {
  const items = schemas.flatMap((schema) => child(schema, 0));
  return (
    items.some((item) => isKind(item, 'number', 'integer')) && !items.some((item) => isKind(item, 'array'))
  );
};

function asVector(rows: number[][], name: string): number[] {
  if (rows[0]!.length === 1) return rows.map((row) => row[0]!);
  if (rows.length === 1) return rows[0]!;
  throw usageError(
    `${name}: has ${rows.length} rows and ${rows[0]!.length} columns where one column is wanted`,
  );
}

function load(reference: unknown, schemas: readonly Schema[], folder: string): unknown {
  if (typeof reference !== 'string') throw usageError('file: must be the path of a CSV file');
  const rows = parseCsv(readText(resolve(folder, reference), reference), reference);
  return wantsVector(schemas) ? asVector(rows, reference) : rows;
}

const isReference = (value: object): value is { file: unknown } =>
  Object.keys(value).length === 1 && Object.hasOwn(value, 'file');

function expand(value: unknown, schemas: readonly Schema[], folder: string): unknown {
  const below = (key: string | number): Schema[] => schemas.flatMap((schema) => child(schema, key));
  if (Array.isArray(value)) {
    if (typeof value[0] === 'number') return value;
    const items = below(0);
    return value.map((item: unknown) => expand(item, items, folder));
  }
  if (typeof value !== 'object' || value === null) return value;
  if (isReference(value)) return load(value.file, schemas, folder);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, expand(item, below(key), folder)]),
  );
}

/** Puts a measure's main table where a top-level `"file"` stands for it. */
function nameTable(input: object, schema: Schema, table: string | undefined): object {
  const declared = child(schema, 'file').length > 0;
  if (table === undefined || declared || !Object.hasOwn(input, 'file')) return input;
  const { file, ...rest } = input as { file: unknown };
  if (Object.hasOwn(rest, table)) throw usageError(`file: stands for ${table}, which is given too`);
  return { ...rest, [table]: { file } };
}

/** Reads the CSV files that stand in a measure's input for matrices, relative to `folder`. */
export function withFiles(
  input: unknown,
  schema: Schema,
  table: string | undefined,
  folder: string,
): unknown {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return input;
  const named = nameTable(input, schema, table);
  return Object.fromEntries(
    Object.entries(named).map(([key, value]) => [key, expand(value, child(schema, key), folder)]),
  );
}
