import { NotConverged, type Solved } from '../../core/not-converged.js';
import type { Csr } from './csr.js';
import { product } from './product.js';

const MAX_ITERATIONS = 100_000;

/** Largest eigenvalue of a non-negative matrix, by power iteration on I + M (which makes cycles converge too).
 *
 * The Collatz-Wielandt quotients bound it from both sides at every iteration, so the answer knows its error. Rows
 * that the iteration leaves at 0 play no part in the largest eigenvalue.
 * @formula max |λ|, Mx = λx
 * @shape   M (n,n), no negative entries
 * @range   ≥ 0; distress grows without bound (up to saturation) from 1 upward
 * @source  Bardoscia et al. 2017, Nature Communications 8:14416
 * @pitfall of the leverage matrix A_ij / E_i, not of the exposures
 */
export function spectralRadius(matrix: Csr, tolerance = 1e-10): Solved<number> {
  const n = matrix.rows;
  const x = new Float64Array(n).fill(1);
  const y = new Float64Array(n);
  let error = Infinity;
  let before = 0;
  for (let iterations = 1; iterations <= MAX_ITERATIONS; iterations++) {
    product(matrix, x, y);
    let norm = 0;
    let grown = 0;
    for (let i = 0; i < n; i++) {
      grown += (x[i]! + y[i]!) ** 2;
      norm += x[i]! ** 2;
    }
    const radius = Math.sqrt(grown / norm) - 1;
    error = Math.abs(radius - before);
    before = radius;
    for (let i = 0; i < n; i++) x[i] = (x[i]! + y[i]!) / Math.sqrt(grown);
    if (error <= tolerance * Math.max(1e-3, radius)) return { value: radius, iterations, residual: error };
  }
  throw new NotConverged('spectral radius', MAX_ITERATIONS, error);
}
