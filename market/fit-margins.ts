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

/** Where the seed is not zero, row by row: positions in row i are from start[i] to start[i + 1]. */
function nonZero(seed: Float64Array, columns: number): { start: Int32Array; index: Int32Array } {
  const index = Int32Array.from(seed.keys()).filter((at) => seed[at] !== 0);
  const start = new Int32Array(seed.length / columns + 1);
  for (const at of index) start[Math.floor(at / columns) + 1]! += 1;
  for (let i = 1; i < start.length; i++) start[i]! += start[i - 1]!;
  return { start, index };
}

/** Scales every row to its sum, in `value`; returns the columns' sums. */
function scaleRows(
  { start, index }: { start: Int32Array; index: Int32Array },
  seed: Float64Array,
  rows: Float64Array,
  scale: Float64Array,
  value: Float64Array,
): Float64Array {
  const k = scale.length;
  const sums = new Float64Array(k);
  for (let i = 0; i < rows.length; i++) {
    let total = 0;
    for (let e = start[i]!; e < start[i + 1]!; e++) total += seed[index[e]!]! * scale[index[e]! % k]!;
    const factor = total > 0 ? rows[i]! / total : 0;
    for (let e = start[i]!; e < start[i + 1]!; e++) {
      const at = index[e]!;
      const x = seed[at]! * scale[at % k]! * factor;
      value[at] = x;
      sums[at % k]! += x;
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
