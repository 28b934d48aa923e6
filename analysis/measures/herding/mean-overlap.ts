/** Mean pairwise overlap of portfolios, Σ_k min(w_ik, w_jk), without forming the pairs.
 * @formula mean_{i<j} Σ_k min(w_ik, w_jk): with one asset's weights in rising order, the r-th is the smaller of n−1−r pairs
 * @shape   weights: flat (n, width), not negative
 * @range   0 ≤ overlap ≤ 1 for weights that sum to 1; NaN below two portfolios
 */
export function meanOverlap(weights: Float64Array, width: number): number {
  const n = weights.length / width;
  const column = new Float64Array(n);
  let sum = 0;
  for (let k = 0; k < width; k++) {
    for (let i = 0; i < n; i++) column[i] = weights[i * width + k]!;
    column.sort();
    for (let r = 0; r < n; r++) sum += column[r]! * (n - 1 - r);
  }
  return sum / ((n * (n - 1)) / 2);
}
