import { float64 } from '../slab.js';

/** Flat row-major matrix from rows. @pitfall rows of unequal length are an error */
export function fromRows(rows: ArrayLike<ArrayLike<number>>): Float64Array {
  const columns = rows.length === 0 ? 0 : rows[0]!.length;
  const flat = new Float64Array(rows.length * columns);
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i]!;
    if (row.length !== columns)
      throw new RangeError(`fromRows: row ${i} has ${row.length} entries, row 0 has ${columns}`);
    flat.set(row, i * columns);
  }
  return flat;
}

/** Rows of a flat (n,m) matrix. */
export function toRows(flat: ArrayLike<number>, n: number, m: number): number[][] {
  expectShape('toRows', flat, n, m);
  return Array.from({ length: n }, (_, i) => Array.from({ length: m }, (_, j) => flat[i * m + j]!));
}

/** Refuses a flat array that is not (n,m). */
export function expectShape(name: string, flat: ArrayLike<number>, n: number, m: number): void {
  if (flat.length !== n * m)
    throw new RangeError(`${name}: ${flat.length} entries are not a ${n} x ${m} matrix`);
}

/** a b. @shape a (n,m), b (m,p); result (n,p) */
export function multiply(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  n: number,
  m: number,
  p: number,
): Float64Array {
  expectShape('multiply', a, n, m);
  expectShape('multiply', b, m, p);
  const product = new Float64Array(n * p);
  for (let i = 0; i < n; i += 1) {
    for (let k = 0; k < m; k += 1) {
      const factor = a[i * m + k]!;
      for (let j = 0; j < p; j += 1) product[i * p + j]! += factor * b[k * p + j]!;
    }
  }
  return product;
}

/** Transpose. @shape a (n,m); result (m,n) */
export function transpose(a: ArrayLike<number>, n: number, m: number): Float64Array {
  expectShape('transpose', a, n, m);
  const flipped = new Float64Array(n * m);
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j < m; j += 1) flipped[j * n + i] = a[i * m + j]!;
  }
  return flipped;
}

/** a x. @shape a (n,m), x (m); result (n) */
export function matrixVector(a: ArrayLike<number>, x: ArrayLike<number>, n: number, m: number): Float64Array {
  expectShape('matrixVector', a, n, m);
  expectShape('matrixVector', x, m, 1);
  const product = float64(n);
  for (let i = 0; i < n; i += 1) {
    let total = 0;
    for (let j = 0; j < m; j += 1) total += a[i * m + j]! * x[j]!;
    product[i] = total;
  }
  return product;
}
