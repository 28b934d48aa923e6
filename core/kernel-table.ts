/** Samples, one vector each. */
export type Rows = readonly Float64Array[];

/** Rows less their mean, which keeps the digits of what varies. */
export function centredRows(rows: readonly ArrayLike<number>[]): Float64Array[] {
  const width = rows[0]!.length;
  const mean = new Float64Array(width);
  for (const row of rows) for (let k = 0; k < width; k++) mean[k]! += row[k]!;
  for (let k = 0; k < width; k++) mean[k]! /= rows.length;
  return rows.map((row) => {
    const less = new Float64Array(width);
    for (let k = 0; k < width; k++) less[k] = row[k]! - mean[k]!;
    return less;
  });
}

/** Half the table is computed, both halves are filled. @shape result (n,n) flat */
export function kernelTable(rows: Rows, kernel: (a: Float64Array, b: Float64Array) => number): Float64Array {
  const n = rows.length;
  const table = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) table[i * n + j] = table[j * n + i] = kernel(rows[i]!, rows[j]!);
  return table;
}

/** Inner products of samples. */
export function linearTable(rows: Rows): Float64Array {
  const n = rows.length;
  const table = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const a = rows[i]!;
    for (let j = 0; j <= i; j++) {
      const b = rows[j]!;
      let total = 0;
      for (let k = 0; k < a.length; k++) total += a[k]! * b[k]!;
      table[i * n + j] = table[j * n + i] = total;
    }
  }
  return table;
}
