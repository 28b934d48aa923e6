import type { Solved } from '../../core/not-converged.js';
import type { Csr } from './csr.js';
import { fixedPoint, type Stopping } from './fixed-point.js';
import { scaleRows } from './product.js';

/** The share of each lender's equity at stake in each borrower: Λ_ij = A_ij / E_i, i the lender. */
export function leverageMatrix(exposures: Csr, equity: ArrayLike<number>): Csr {
  return scaleRows(
    exposures,
    Float64Array.from(equity, (e) => 1 / e),
  );
}

/** Near-critical networks need about 32 / (1 − spectral radius) iterations. */
const stopping: Stopping = { tolerance: 1e-14, maxIterations: 1_000_000 };

/** next = min(1, shock + Λh), a function of its own so that engines compile it once for all calls. */
function spread(lambda: Csr, shock: Float64Array, h: Float64Array, next: Float64Array): void {
  const { rows, start, index, value } = lambda;
  let e = 0;
  for (let i = 0; i < rows; i++) {
    let distress = shock[i]!;
    for (const end = start[i + 1]!; e < end; e++) distress += value[e]! * h[index[e]!]!;
    next[i] = distress < 1 ? distress : 1;
  }
}

/** Differential DebtRank: the share of its equity that each institution has lost, h, once losses stop spreading.
 *
 * Written as h(t+1) = min(1, h(0) + Λh(t)), which telescopes the paper's h(t) + Λ(h(t) − h(t−1)): a saturated
 * institution passes on nothing more, and what is tested for convergence is the true residual.
 * @formula h(t+1) = min(1, h(t) + Λ(h(t) − h(t−1))), Λ_ij = A_ij / E_i(0)
 * @shape   exposures (n,n), lender in row; equity (n), before the shock; initial (n), share of equity lost
 * @range   initial ≤ h ≤ 1
 * @source  Bardoscia, Battiston, Caccioli & Caldarelli 2015, PLoS ONE 10(6)
 * @pitfall Λ divides by the lender's initial equity, not by the borrower's and not by what is left of it
 */
export function debtRank(
  exposures: Csr,
  equity: ArrayLike<number>,
  initial: ArrayLike<number>,
  { tolerance, maxIterations }: Stopping = stopping,
): Solved<Float64Array> {
  const lambda = leverageMatrix(exposures, equity);
  const shock = Float64Array.from(initial, (h) => Math.min(1, h));
  return fixedPoint('debtrank', (h, next) => spread(lambda, shock, h, next), shock, {
    tolerance,
    maxIterations,
  });
}
