import { z } from 'zod';
import { index, nonNegativeSquareMatrix, positive } from '../../core/measure-input.js';
import type { Csr } from './csr.js';

/** Throws unless the matrix is a network of exposures: square, no negative amount, nobody exposed to itself. */
export function requireExposures(matrix: Csr): void {
  const { rows, columns, start, index: column, value } = matrix;
  if (rows !== columns) throw new RangeError(`exposures have ${rows} rows and ${columns} columns`);
  for (let i = 0; i < rows; i++)
    for (let e = start[i]!; e < start[i + 1]!; e++) {
      if (value[e]! < 0)
        throw new RangeError(`the exposure at row ${i}, column ${column[e]!} is negative: ${value[e]!}`);
      if (column[e] === i && value[e] !== 0)
        throw new RangeError(`row ${i}, column ${i} is a self-exposure: ${value[e]!}`);
    }
}

/** Input of measures: a square table of amounts between institutions, with an empty diagonal. */
export const exposureMatrix = nonNegativeSquareMatrix.superRefine((rows, context) => {
  rows.forEach((row, i) => {
    if (row[i] !== undefined && row[i] !== 0)
      context.addIssue({
        code: 'custom',
        path: [i, i],
        message: `is a self-exposure: row ${i}, column ${i} must be 0`,
      });
  });
});

/** Input of measures: equity before the shock. */
export const equityBefore = z.array(positive).min(1, 'must not be empty');

/** Input of measures: which institutions, each once. */
export const institutionList = z.array(index).superRefine((list, context) => {
  list.forEach((i, at) => {
    if (list.indexOf(i) !== at)
      context.addIssue({ code: 'custom', path: [at], message: `names institution ${i} again` });
  });
});

/** Adds an issue for each index that names no institution. */
export function requireKnown(
  context: z.core.$RefinementCtx,
  path: string,
  list: readonly number[] | undefined,
  n: number,
): void {
  list?.forEach((i, at) => {
    if (i >= n)
      context.addIssue({
        code: 'custom',
        path: [path, at],
        message: `is ${i}, but institutions are 0 to ${n - 1}`,
      });
  });
}
