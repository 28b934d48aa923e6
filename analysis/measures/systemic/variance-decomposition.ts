import { multiply } from '../../../core/linear.js';

/** Moving-average matrices Φ₀ = I, Φ_h = Σ_l A_l Φ_{h−l}, h < horizon.
 * @shape coefficients: flat (k,k), one a lag
 */
export function movingAverage(
  coefficients: readonly Float64Array[],
  k: number,
  horizon: number,
): Float64Array[] {
  const identity = Float64Array.from({ length: k * k }, (_, at) => +(at % (k + 1) === 0));
  const phi = [identity];
  for (let h = 1; h < horizon; h++) {
    const next = new Float64Array(k * k);
    coefficients.slice(0, h).forEach((a, l) => {
      multiply(a, phi[h - 1 - l]!, k, k, k).forEach((value, at) => (next[at]! += value));
    });
    phi.push(next);
  }
  return phi;
}

/** Turns unit shocks into the system's: columns of Σ over σ_jj^{1/2} (generalized), or the Cholesky factor. */
export type ShockMatrix = Float64Array;

/** Share of each variable's forecast error variance that each shock explains.
 * @formula θ_ij = Σ_h (Φ_h S)²_ij / Σ_h (Φ_h Σ Φ_h')_ii
 * @shape   phi, sigma, shocks S (k,k) flat; result (k,k) flat, variable in row
 * @range   θ ≥ 0; rows sum to 1 for a Cholesky S, to about 1 or more for generalized shocks
 * @source  Pesaran & Shin 1998, Economics Letters 58(1)
 * @pitfall a horizon of H is Φ₀ to Φ_{H−1}; some packages take one term more
 */
export function varianceDecomposition(
  phi: readonly Float64Array[],
  sigma: Float64Array,
  shocks: ShockMatrix,
  k: number,
): Float64Array {
  const explained = new Float64Array(k * k);
  const total = new Float64Array(k);
  for (const each of phi) {
    multiply(each, shocks, k, k, k).forEach((value, at) => (explained[at]! += value ** 2));
    multiply(each, sigma, k, k, k).forEach((value, at) => (total[Math.floor(at / k)]! += value * each[at]!));
  }
  return explained.map((value, at) => value / total[Math.floor(at / k)]!);
}

/** Generalized shocks: each variable's own, with what usually comes along.
 * @formula S = Σ diag(σ_jj)^{−1/2}
 */
export const generalizedShocks = (sigma: Float64Array, k: number): ShockMatrix =>
  sigma.map((value, at) => value / Math.sqrt(sigma[(at % k) * (k + 1)]!));
