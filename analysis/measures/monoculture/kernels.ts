import { dot, exp, quantile } from '../../../core/numeric.js';
import { pairList } from '../pairs.js';

export type Rows = readonly Float64Array[];

function squaredDistance(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let k = 0; k < a.length; k++) total += (a[k]! - b[k]!) ** 2;
  return total;
}

/** Rows less their mean, which keeps the digits of what varies. */
export function centredRows(rows: readonly (readonly number[])[]): Float64Array[] {
  const mean = rows[0]!.map((_, k) => rows.reduce((sum, row) => sum + row[k]!, 0) / rows.length);
  return rows.map((row) => Float64Array.from(row, (value, k) => value - mean[k]!));
}

/** Half the table is computed, both halves are filled. @shape result (n,n) flat */
export function kernelTable(rows: Rows, kernel: (a: Float64Array, b: Float64Array) => number): Float64Array {
  const n = rows.length;
  const table = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) table[i * n + j] = table[j * n + i] = kernel(rows[i]!, rows[j]!);
  return table;
}

/** Median Euclidean distance between two samples: the usual width of a Gaussian kernel. */
export const medianDistance = (rows: Rows): number =>
  quantile(
    pairList(rows, (a, b) => Math.sqrt(squaredDistance(a, b))),
    0.5,
  );

/** Inner products of samples. */
export const linearTable = (rows: Rows): Float64Array => kernelTable(rows, dot);

/** Gaussian kernel. @formula e^{−‖a−b‖²/(2σ²)} */
export const gaussianTable = (rows: Rows, sigma: number): Float64Array =>
  kernelTable(rows, (a, b) => exp(-squaredDistance(a, b) / (2 * sigma ** 2)));
