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
  for (let iterations = 1; iterations <= MAX_ITERATIONS; iterations++) {
    const { value, columnSums } = scaledRows(seed, rows, scale);
    const residual = rescale(scale, columnSums, columns, columnFit);
    if (residual < 1e-12) return { value, iterations, residual };
  }
  throw new NotConverged('fit-margins', MAX_ITERATIONS, NaN);
}

function scaledRows(
  seed: Float64Array,
  rows: Float64Array,
  scale: Float64Array,
): { value: Float64Array; columnSums: Float64Array } {
  const k = scale.length;
  const value = new Float64Array(seed.length);
  const columnSums = new Float64Array(k);
  for (let i = 0; i < rows.length; i++) {
    let total = 0;
    for (let j = 0; j < k; j++) total += seed[i * k + j]! * scale[j]!;
    const factor = total > 0 ? rows[i]! / total : 0;
    for (let j = 0; j < k; j++) {
      const x = seed[i * k + j]! * scale[j]! * factor;
      value[i * k + j] = x;
      columnSums[j]! += x;
    }
  }
  return { value, columnSums };
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
