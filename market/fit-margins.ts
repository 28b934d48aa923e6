import { NotConverged, type Solved } from '../core/not-converged.js';
import { pow } from '../core/numeric.js';

const MAX_ITERATIONS = 100_000;

/** Fits a non-negative matrix to row sums exactly and to column sums as far as `columnFit` says (RAS).
 *
 * Rows and columns are scaled in turn. Scaling a column by (target / sum)^columnFit rather than by the whole
 * ratio makes the map a contraction, so that a fit exists whatever the zeros: at 0 columns stay as they fall,
 * near 1 this is RAS proper.
 * @formula x_ij = r_i s_ij c_j, Σ_j x_ij = rows_i, c_j = (columns_j / Σ_i r_i s_ij)^columnFit
 * @shape   seed, result (rows,columns) row-major
 * @source  Bacharach 1970, Biproportional Matrices; Chizat et al. 2018, Mathematics of Computation 87 (soft margins)
 * @pitfall a row whose seed is all zero stays zero
 */
export function fitMargins(
  seed: Float64Array,
  rows: Float64Array,
  columns: Float64Array,
  columnFit: number,
): Solved<Float64Array> {
  const scale = new Float64Array(columns.length).fill(1);
  const cells = nonZero(seed, columns.length);
  const value = new Float64Array(seed.length);
  for (let iterations = 1; iterations <= MAX_ITERATIONS; iterations++) {
    const sums = scaleRows(cells, seed, rows, scale, value);
    const residual = rescale(scale, sums, columns, columnFit);
    if (residual < 1e-12) return { value, iterations, residual };
  }
  throw new NotConverged('fit-margins', MAX_ITERATIONS, NaN);
}

/** Where the seed is not zero, row by row: cells of row i are from start[i] to start[i + 1]. */
interface Cells {
  readonly start: Int32Array;
  readonly index: Int32Array;
  readonly column: Int32Array;
}

function nonZero(seed: Float64Array, columns: number): Cells {
  let count = 0;
  for (const x of seed) if (x !== 0) count++;
  const start = new Int32Array(seed.length / columns + 1);
  const index = new Int32Array(count);
  const column = new Int32Array(count);
  let cell = 0;
  for (let i = 0, at = 0; at < seed.length; i++) {
    for (let j = 0; j < columns; j++, at++) {
      if (seed[at] === 0) continue;
      index[cell] = at;
      column[cell++] = j;
    }
    start[i + 1] = cell;
  }
  return { start, index, column };
}

/** Scales every row to its sum, in `value`; returns the columns' sums. */
function scaleRows(
  { start, index, column }: Cells,
  seed: Float64Array,
  rows: Float64Array,
  scale: Float64Array,
  value: Float64Array,
): Float64Array {
  const sums = new Float64Array(scale.length);
  for (let i = 0; i < rows.length; i++) {
    let total = 0;
    for (let e = start[i]!; e < start[i + 1]!; e++) total += seed[index[e]!]! * scale[column[e]!]!;
    const factor = total > 0 ? rows[i]! / total : 0;
    for (let e = start[i]!; e < start[i + 1]!; e++) {
      const x = seed[index[e]!]! * scale[column[e]!]! * factor;
      value[index[e]!] = x;
      sums[column[e]!]! += x;
    }
  }
  return sums;
}

/** Moves the columns' factors to where their sums ask; returns the largest relative change. */
function rescale(scale: Float64Array, sums: Float64Array, targets: Float64Array, columnFit: number): number {
  let residual = 0;
  for (let j = 0; j < scale.length; j++) {
    if (sums[j]! === 0) continue; // nobody can hold it
    const before = scale[j]!;
    // The sum without this column's own factor, at the present row factors.
    scale[j] = targets[j]! === 0 ? 0 : pow((targets[j]! * before) / sums[j]!, columnFit);
    residual = Math.max(residual, Math.abs(scale[j]! - before) / Math.max(before, scale[j]!));
  }
  return residual;
}
