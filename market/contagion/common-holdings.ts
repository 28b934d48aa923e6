import { csrFromTriplets, transpose, type Csr } from './csr.js';

/** Liquidity-weighted overlap: what one institution loses when another sells all that both hold.
 * @formula Ω_ij = Σ_k h_ik h_jk / depth_k, i ≠ j
 * @shape   holdings (n,k), depth (k); result (n,n) sparse, symmetric, empty diagonal
 * @range   ≥ 0
 * @source  Cont & Schaanning 2019, Statistics & Risk Modeling 36
 * @pitfall a deep market makes a large overlap harmless: cosine similarity does not see that
 */
export function commonHoldings(holdings: Csr, depth: ArrayLike<number>): Csr {
  const holders = transpose(holdings);
  const row: number[] = [];
  const column: number[] = [];
  const value: number[] = [];
  for (let k = 0; k < holders.rows; k++)
    for (let a = holders.start[k]!; a < holders.start[k + 1]!; a++)
      for (let b = holders.start[k]!; b < holders.start[k + 1]!; b++) {
        if (a === b) continue;
        row.push(holders.index[a]!);
        column.push(holders.index[b]!);
        value.push((holders.value[a]! * holders.value[b]!) / depth[k]!);
      }
  return csrFromTriplets(holdings.rows, holdings.rows, { row, column, value });
}
