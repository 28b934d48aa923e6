import type { z } from 'zod';

/** One measure: a definition a user can run on their own data with `herdscope measure <name>`.
 *
 * The definition travels with the code: formula, range, pitfalls and paper are what `--list` and the
 * generated docs print, so that no page can drift from what is computed.
 */
export interface Measure<Input = never, Output = unknown> {
  /** One sentence. */
  readonly summary: string;
  readonly formula: string;
  readonly range: string;
  readonly source: string;
  readonly pitfall?: string;
  /** Strict schema of the input: unknown keys are errors. */
  readonly input: z.ZodType<Input>;
  /** A worked example that `--schema` prints and that a test runs. */
  readonly example: unknown;
  /** The input key for which a top-level `"file"` may stand (a matrix). */
  readonly table?: string;
  readonly compute: (input: Input) => Output;
}

/** Thrown by a measure whose input is well formed but meaningless; `path` names the field, as zod does. */
export class MeasureInputError extends Error {
  constructor(
    message: string,
    readonly path: readonly (string | number)[] = [],
  ) {
    super(message);
    this.name = 'MeasureInputError';
  }
}

/** Gives a measure its types where it is defined and forgets them where measures are listed. */
export function measure<Input, Output>(definition: Measure<Input, Output>): Measure {
  return definition as unknown as Measure;
}
