import { NotConverged, type Solved } from '../../core/not-converged.js';
import { transpose, type Csr } from './csr.js';
import { product } from './product.js';

const MAX_ITERATIONS = 100_000;

/** Clears `alive` where a row has no entry in a column still alive, until every row left has one. */
function peel(matrix: Csr, alive: Uint8Array): void {
  const byColumn = transpose(matrix);
  const links = new Int32Array(matrix.rows);
  for (let i = 0; i < matrix.rows; i++)
    for (let e = matrix.start[i]!; e < matrix.start[i + 1]!; e++)
      links[i]! += matrix.value[e]! > 0 && alive[matrix.index[e]!] === 1 ? 1 : 0;
  const queue = [...alive.keys()].filter((i) => alive[i] === 1 && links[i] === 0);
  for (let j = queue.pop(); j !== undefined; j = queue.pop()) {
    alive[j] = 0;
    for (let e = byColumn.start[j]!; e < byColumn.start[j + 1]!; e++) {
      const i = byColumn.index[e]!;
      if (byColumn.value[e]! > 0 && alive[i] === 1 && --links[i]! === 0) queue.push(i);
    }
  }
}

/** Who lies on a cycle or between two cycles; the rest adds nothing to the spectral radius. */
function cyclic(matrix: Csr): Float64Array {
  const alive = new Uint8Array(matrix.rows).fill(1);
  peel(matrix, alive);
  peel(transpose(matrix), alive);
  return Float64Array.from(alive);
}

const norm = (x: Float64Array): number => Math.sqrt(x.reduce((total, xi) => total + xi * xi, 0));

/** Largest eigenvalue of a non-negative matrix, by power iteration on I + M (which makes cycles converge too).
 *
 * Institutions outside every cycle are peeled off first: with them, the iteration would crawl.
 * @formula max |λ|, Mx = λx
 * @shape   M (n,n), no negative entries
 * @range   ≥ 0; 0 without cycles; distress grows until it saturates from 1 upward
 * @source  Bardoscia et al. 2017, Nature Communications 8:14416
 * @pitfall of the leverage matrix A_ij / E_i, not of the exposures
 */
export function spectralRadius(matrix: Csr, tolerance = 1e-12): Solved<number> {
  const alive = cyclic(matrix);
  const y = new Float64Array(matrix.rows);
  let x: Float64Array = alive;
  let radius = 0;
  let residual = norm(alive) === 0 ? 0 : Infinity;
  if (residual === 0) return { value: 0, iterations: 0, residual };
  for (let iterations = 1; iterations <= MAX_ITERATIONS; iterations++) {
    const size = norm(x);
    x = x.map((xi) => xi / size);
    product(matrix, x, y);
    x = x.map((xi, i) => (xi + y[i]!) * alive[i]!);
    residual = Math.abs(norm(x) - 1 - radius);
    radius = norm(x) - 1;
    if (residual <= tolerance * radius) return { value: radius, iterations, residual };
  }
  throw new NotConverged('spectral radius', MAX_ITERATIONS, residual);
}
