import { z } from 'zod';
import { MeasureInputError, type Measure } from '../core/measure.js';
import { NotConverged } from '../core/not-converged.js';
import { NotPositiveDefinite, Singular } from '../core/linear.js';
import { usageError } from './errors.js';
import { withFiles } from './input-files.js';
import { issueLines, pathText } from './issues.js';

/** JSON Schema of what a measure takes. */
export const inputSchema = (measure: Measure): Record<string, unknown> =>
  z.toJSONSchema(measure.input, { io: 'input', unrepresentable: 'any' });

const knownKeys = (schema: Record<string, unknown>): string[] => Object.keys(schema.properties ?? {});

/** What a solver says of an input that has no answer. */
const unsolvable = [NotConverged, NotPositiveDefinite, Singular];

function computed(measure: Measure, input: never): unknown {
  try {
    return measure.compute(input);
  } catch (error) {
    if (error instanceof MeasureInputError)
      throw usageError(`${pathText(error.path) || 'input'}: ${error.message}`);
    if (unsolvable.some((kind) => error instanceof kind)) throw usageError((error as Error).message);
    throw error;
  }
}

/** Typed arrays become lists; a number that overflowed is an error, never a silent null. */
function plain(value: unknown, path: readonly (string | number)[]): unknown {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw usageError(
      `input: ${pathText(path)} of the result is ${value}: the input's numbers are too extreme`,
    );
  if (typeof value !== 'object' || value === null) return value;
  if (ArrayBuffer.isView(value)) return plain(Array.from(value as Float64Array), path);
  if (Array.isArray(value)) return value.map((item, i) => plain(item, [...path, i]));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item, [...path, key])]));
}

/** Runs a measure on a user's input as parsed from JSON; CSV files are read relative to `folder`. */
export function evaluate(measure: Measure, given: unknown, folder: string): unknown {
  const schema = inputSchema(measure);
  const input = withFiles(given, schema, measure.table, folder);
  const parsed = measure.input.safeParse(input);
  if (!parsed.success) throw usageError(...issueLines(parsed.error, input, knownKeys(schema)));
  return plain(computed(measure, parsed.data), []);
}
