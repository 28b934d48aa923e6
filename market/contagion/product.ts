import type { Csr } from './csr.js';

/** Σ_j matrix_ij x_j of one row, in the order of columns. */
export function rowProduct(matrix: Csr, i: number, x: Float64Array): number {
  const { start, index, value } = matrix;
  let total = 0;
  for (let e = start[i]!, end = start[i + 1]!; e < end; e++) total += value[e]! * x[index[e]!]!;
  return total;
}

/** out = matrix · x. */
export function product(matrix: Csr, x: Float64Array, out: Float64Array): void {
  const { rows, start, index, value } = matrix;
  let e = 0;
  for (let i = 0; i < rows; i++) {
    let total = 0;
    for (const end = start[i + 1]!; e < end; e++) total += value[e]! * x[index[e]!]!;
    out[i] = total;
  }
}

/** out = matrixᵀ · x, without building the transpose. */
export function transposedProduct(matrix: Csr, x: Float64Array, out: Float64Array): void {
  const { rows, start, index, value } = matrix;
  out.fill(0);
  for (let i = 0; i < rows; i++) {
    const xi = x[i]!;
    if (xi === 0) continue;
    for (let e = start[i]!, end = start[i + 1]!; e < end; e++) out[index[e]!]! += value[e]! * xi;
  }
}

export function rowSums(matrix: Csr): Float64Array {
  const out = new Float64Array(matrix.rows);
  product(matrix, new Float64Array(matrix.columns).fill(1), out);
  return out;
}

export function columnSums(matrix: Csr): Float64Array {
  const out = new Float64Array(matrix.columns);
  transposedProduct(matrix, new Float64Array(matrix.rows).fill(1), out);
  return out;
}

/** The matrix with row i multiplied by factor[i]. */
export function scaleRows(matrix: Csr, factor: ArrayLike<number>): Csr {
  const value = new Float64Array(matrix.value.length);
  for (let i = 0; i < matrix.rows; i++)
    for (let e = matrix.start[i]!; e < matrix.start[i + 1]!; e++) value[e] = matrix.value[e]! * factor[i]!;
  return { ...matrix, value };
}
