import { NotConverged, type Solved } from '../../core/not-converged.js';
import { requireMarginals, type Marginals } from './marginals.js';

const MAX_ITERATIONS = 100_000;

/** For each i, the sum of all others: from both ends, so that a dominant entry cancels nothing. */
function sumOfOthers(x: Float64Array): Float64Array {
  const others = new Float64Array(x.length);
  for (let i = 0, before = 0; i < x.length; before += x[i++]!) others[i] = before;
  for (let i = x.length - 1, after = 0; i >= 0; after += x[i--]!) others[i]! += after;
  return others;
}

/** target_i / Σ_{j≠i} x_j, and 0 for an empty target. */
function scaleTo(target: ArrayLike<number>, x: Float64Array): Float64Array {
  return sumOfOthers(x).map((others, i) => (target[i]! > 0 ? target[i]! / others : 0));
}

function rowError(target: ArrayLike<number>, u: Float64Array, v: Float64Array): number {
  return sumOfOthers(v).reduce(
    (worst, others, i) => Math.max(worst, Math.abs(u[i]! * others - target[i]!)),
    0,
  );
}

const outer = (u: ArrayLike<number>, v: ArrayLike<number>): number[][] =>
  Array.from(u, (ui, i) => Array.from(v, (vj, j) => (i === j ? 0 : ui * vj)));

/** The one network in which institution `hub` is on one side of every claim. */
const star = ({ assets, liabilities }: Marginals, hub: number): number[][] =>
  Array.from(assets, (a, i) =>
    Array.from(liabilities, (l, j) => (i === j ? 0 : i === hub ? l : j === hub ? a : 0)),
  );

/** Maximum-entropy network: everybody lends to everybody, as evenly as the marginals allow (RAS).
 *
 * With an empty diagonal the solution is u_i v_j off it, so scaling rows and columns in turn needs only u and v:
 * O(n) an iteration.
 * @formula X_ij = u_i v_j for i ≠ j, 0 else; Σ_j X_ij = assets_i, Σ_i X_ij = liabilities_j
 * @shape   assets, liabilities (n); X (n,n), lender in row
 * @range   X ≥ 0; marginals hold to 1e-12 of the total
 * @source  Upper & Worms 2004, European Economic Review 48(4)
 * @pitfall it understates concentration, and with it contagion
 */
export function maxEntropy(marginals: Marginals): Solved<number[][]> {
  const all = requireMarginals(marginals);
  const { assets, liabilities } = marginals;
  const hub = Array.from(assets).findIndex((a, i) => a + liabilities[i]! >= all * (1 - 1e-12));
  if (hub >= 0) return { value: star(marginals, hub), iterations: 0, residual: 0 };
  let v: Float64Array = Float64Array.from(liabilities);
  let residual = Infinity;
  for (let iterations = 1; iterations <= MAX_ITERATIONS; iterations++) {
    const u = scaleTo(assets, v);
    v = scaleTo(liabilities, u);
    residual = rowError(assets, u, v);
    if (residual <= 1e-14 * all) return { value: outer(u, v), iterations, residual };
  }
  throw new NotConverged('maximum entropy (RAS)', MAX_ITERATIONS, residual);
}
