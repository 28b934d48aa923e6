import { z } from 'zod';

/** A finite number; NaN and infinities are refused by name. */
export const finite = z.number('must be a finite number');
export const nonNegative = finite.min(0, 'must not be negative');
export const positive = finite.gt(0, 'must be positive');
export const share = finite.min(0, 'must lie in [0, 1]').max(1, 'must lie in [0, 1]');
export const index = z
  .int('must be an index (a whole number from 0)')
  .min(0, 'must be an index (a whole number from 0)');
export const count = z.int('must be a whole number').min(1, 'must be at least 1');

export const vector = z.array(finite).min(1, 'must not be empty');
export const nonNegativeVector = z.array(nonNegative).min(1, 'must not be empty');

const rectangular = (rows: readonly (readonly unknown[])[], context: z.core.$RefinementCtx): void => {
  const width = rows[0]?.length ?? 0;
  if (width === 0) context.addIssue({ code: 'custom', path: [0], message: 'must not be an empty row' });
  rows.forEach((row, i) => {
    if (row.length !== width)
      context.addIssue({
        code: 'custom',
        path: [i],
        message: `has ${row.length} values where row 0 has ${width}: rows must be of one length`,
      });
  });
};

/** A rectangular table of finite numbers, as an array of rows. */
export const matrixOf = (cell: z.ZodType<number>): z.ZodType<number[][]> =>
  z.array(z.array(cell)).min(1, 'must not be empty').superRefine(rectangular);

export const matrix = matrixOf(finite);
export const nonNegativeMatrix = matrixOf(nonNegative);

const square = (rows: readonly (readonly number[])[], context: z.core.$RefinementCtx): void => {
  if (rows.length > 0 && rows[0]!.length !== rows.length)
    context.addIssue({
      code: 'custom',
      message: `must be square, but has ${rows.length} rows and ${rows[0]!.length} columns`,
    });
};

export const squareMatrix = matrix.superRefine(square);
export const nonNegativeSquareMatrix = nonNegativeMatrix.superRefine(square);

/** Adds an issue unless `values` has `length` entries; for cross-field size checks inside `superRefine`. */
export function requireLength(
  context: z.core.$RefinementCtx,
  path: readonly (string | number)[],
  values: readonly unknown[] | undefined,
  length: number,
  like: string,
): void {
  if (values !== undefined && values.length !== length)
    context.addIssue({
      code: 'custom',
      path: [...path],
      message:
        `has ${values.length} values, but ${like} needs ${length}: ` +
        (values.length < length
          ? `the one at ${values.length} is missing`
          : `the one at ${length} is too many`),
    });
}
