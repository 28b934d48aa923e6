/** A sparse matrix in compressed rows: row i's columns are `index[start[i] .. start[i+1])`, in rising order. */
export interface Csr {
  readonly rows: number;
  readonly columns: number;
  readonly start: Int32Array;
  readonly index: Int32Array;
  readonly value: Float64Array;
}

/** Entries in any order; those of one cell are summed. */
export interface Triplets {
  readonly row: ArrayLike<number>;
  readonly column: ArrayLike<number>;
  readonly value: ArrayLike<number>;
}

/** Offsets of each bucket, from how many entries fall in it. */
function offsets(buckets: ArrayLike<number>, count: number): Int32Array {
  const start = new Int32Array(count + 1);
  for (let e = 0; e < buckets.length; e++) start[buckets[e]! + 1]!++;
  for (let b = 0; b < count; b++) start[b + 1]! += start[b]!;
  return start;
}

function requireEntry(row: number, column: number, value: number, rows: number, columns: number): void {
  const known = (i: number, size: number) => Number.isInteger(i) && i >= 0 && i < size;
  if (!known(row, rows)) throw new RangeError(`row ${row} is not one of ${rows}`);
  if (!known(column, columns)) throw new RangeError(`column ${column} is not one of ${columns}`);
  if (!Number.isFinite(value))
    throw new RangeError(`the value at row ${row}, column ${column} is not finite: ${value}`);
}

/** Merges neighbours of one cell, in place; rows are already sorted by column. */
function mergeDuplicates(matrix: Csr): Csr {
  const { rows, start, index, value } = matrix;
  const merged = new Int32Array(rows + 1);
  let end = 0;
  for (let i = 0; i < rows; i++) {
    for (let e = start[i]!; e < start[i + 1]!; e++) {
      const same = end > merged[i]! && index[end - 1] === index[e];
      if (same) value[end - 1]! += value[e]!;
      else [index[end], value[end++]] = [index[e]!, value[e]!];
    }
    merged[i + 1] = end;
  }
  return { ...matrix, start: merged, index: index.slice(0, end), value: value.slice(0, end) };
}

/** The transpose; its rows come out sorted, so transposing twice sorts any matrix (a counting sort). */
export function transpose(matrix: Csr): Csr {
  const { rows, columns, start, index, value } = matrix;
  const turned = offsets(index, columns);
  const next = turned.slice();
  const out = { index: new Int32Array(index.length), value: new Float64Array(value.length) };
  for (let i = 0; i < rows; i++)
    for (let e = start[i]!; e < start[i + 1]!; e++) {
      const at = next[index[e]!]!++;
      out.index[at] = i;
      out.value[at] = value[e]!;
    }
  return { rows: columns, columns: rows, start: turned, ...out };
}

/** A matrix from its non-zero entries; an unknown row or column, or a value that is not finite, throws. */
export function csrFromTriplets(rows: number, columns: number, { row, column, value }: Triplets): Csr {
  for (let e = 0; e < row.length; e++) requireEntry(row[e]!, column[e]!, value[e]!, rows, columns);
  const start = offsets(row, rows);
  const next = start.slice();
  const index = new Int32Array(row.length);
  const out = new Float64Array(row.length);
  for (let e = 0; e < row.length; e++) {
    const at = next[row[e]!]!++;
    index[at] = column[e]!;
    out[at] = value[e]!;
  }
  const sorted = transpose(transpose({ rows, columns, start, index, value: out }));
  return mergeDuplicates(sorted);
}

/** A matrix from rows of numbers; zeros are left out. */
export function csrFromDense(dense: readonly ArrayLike<number>[]): Csr {
  const columns = dense[0]?.length ?? 0;
  const triplets: { row: number[]; column: number[]; value: number[] } = { row: [], column: [], value: [] };
  for (let i = 0; i < dense.length; i++) {
    const row = dense[i]!;
    if (row.length !== columns) throw new RangeError(`row ${i} has ${row.length} values, row 0 ${columns}`);
    for (let j = 0; j < columns; j++) {
      if (row[j] === 0) continue;
      triplets.row.push(i);
      triplets.column.push(j);
      triplets.value.push(row[j]!);
    }
  }
  return csrFromTriplets(dense.length, columns, triplets);
}

/** Rows of numbers. */
export function denseFromCsr(matrix: Csr): number[][] {
  const dense = Array.from({ length: matrix.rows }, () => new Array<number>(matrix.columns).fill(0));
  for (let i = 0; i < matrix.rows; i++)
    for (let e = matrix.start[i]!; e < matrix.start[i + 1]!; e++)
      dense[i]![matrix.index[e]!] = matrix.value[e]!;
  return dense;
}
