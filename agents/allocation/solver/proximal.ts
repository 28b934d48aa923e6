import { NotConverged, type Solved } from '../../../core/not-converged.js';
import { quadraticProgram } from './quadratic-program.js';
import type { QuadraticProgram } from './search.js';

/** How far the proximal weight falls: beyond this the programs would be too ill-conditioned to gain anything. */
const lightest = 1e-7;

/** Solves a convex quadratic or linear program whose Hessian is only semidefinite, by proximal points:
 * each iteration is strictly convex, and near the solution the iterates meet it exactly. The weight falls as
 * iterates go on, so that a long way is not walked in short steps.
 * @formula xₜ₊₁ = argmin ½x′Hx + g′x + ½δₜ|x − xₜ|²  on the same constraints, δₜ₊₁ = δₜ/2
 * @shape   H (n,n) row-major, positive semidefinite; result (n)
 * @source  Rockafellar 1976, SIAM Journal on Control and Optimization 14(5)
 */
export function proximalProgram(problem: QuadraticProgram, weight: number): Solved<Float64Array> {
  const n = problem.linear.length;
  const hessian = problem.hessian.slice();
  let x = new Float64Array(n);
  let residual = Infinity;
  for (let iterations = 1, pull = weight; iterations <= 500; iterations++) {
    for (let i = 0; i < n; i++) hessian[i * n + i] = problem.hessian[i * n + i]! + pull;
    const linear = problem.linear.map((g, i) => g - pull * x[i]!);
    const next = quadraticProgram({ ...problem, hessian, linear }).value;
    residual = distance(next, x);
    x = next as Float64Array<ArrayBuffer>;
    if (residual < 1e-12) return { value: x, iterations, residual };
    pull = Math.max(pull / 2, lightest * weight);
  }
  throw new NotConverged('proximal program', 500, residual);
}

/** Largest change, relative to the largest value. */
function distance(a: Float64Array, b: Float64Array): number {
  let change = 0;
  let scale = 1;
  for (let i = 0; i < a.length; i++) {
    change = Math.max(change, Math.abs(a[i]! - b[i]!));
    scale = Math.max(scale, Math.abs(a[i]!));
  }
  return change / scale;
}
