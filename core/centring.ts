import { dot } from './numeric.js';

/** Takes out of a kernel table what its rows have in common. */
export type Centring = (table: Float64Array, n: number) => Float64Array;

function rowSums(table: Float64Array, n: number): Float64Array {
  const sums = new Float64Array(n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) sums[i]! += table[i * n + j]!;
  return sums;
}

/** K_ij − k_i/rows − k_j/rows + k/cells, in place. */
function subtractMeans(table: Float64Array, n: number, rows: number, cells: number): Float64Array {
  const sums = rowSums(table, n);
  const level = sums.reduce((all, sum) => all + sum, 0) / cells;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) table[i * n + j]! += level - (sums[i]! + sums[j]!) / rows;
  return table;
}

function clearDiagonal(table: Float64Array, n: number): Float64Array {
  for (let i = 0; i < n; i++) table[i * n + i] = 0;
  return table;
}

/** Double centring, HKH: inner products are then the biased HSIC. */
export const doubleCentred: Centring = (table, n) => subtractMeans(Float64Array.from(table), n, n, n * n);

/** U-centring: inner products are then the unbiased HSIC₁, times n (n − 3).
 * @formula K_ij − k_i/(n−2) − k_j/(n−2) + k/((n−1)(n−2)) off a zero diagonal
 * @source  Székely & Rizzo 2014, Annals of Statistics 42(6); Song et al. 2012, JMLR 13
 * @pitfall needs n ≥ 4
 */
export const unbiasedCentred: Centring = (table, n) =>
  clearDiagonal(subtractMeans(clearDiagonal(Float64Array.from(table), n), n, n - 2, (n - 1) * (n - 2)), n);

/** What is left of a squared norm after centring may be rounding alone: it is, below this share. */
const ROUNDING = 1e-24;

/** A centred table, or null where nothing but rounding is left: samples that do not vary have no similarity. */
export function centred(table: Float64Array, n: number, centring: Centring): Float64Array | null {
  const result = centring(table, n);
  return dot(result, result) > ROUNDING * dot(table, table) ? result : null;
}
