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
export function scaleRows(matrix: Csr, factor: Float64Array): Csr {
  const { rows, start, value } = matrix;
  const scaled = new Float64Array(value.length);
  let e = 0;
  for (let i = 0; i < rows; i++) {
    const f = factor[i]!;
    for (const end = start[i + 1]!; e < end; e++) scaled[e] = value[e]! * f;
  }
  return { rows, columns: matrix.columns, start, index: matrix.index, value: scaled };
}
