import type { Solved } from '../../core/not-converged.js';
import type { Csr } from './csr.js';
import { fixedPoint, type MonotoneMap, type Stopping } from './fixed-point.js';
import { scaleRows } from './product.js';

/** The share of each lender's equity at stake in each borrower: Λ_ij = A_ij / E_i, i the lender. */
export function leverageMatrix(exposures: Csr, equity: ArrayLike<number>): Csr {
  const perUnit = new Float64Array(equity.length);
  for (let i = 0; i < perUnit.length; i++) perUnit[i] = 1 / equity[i]!;
  return scaleRows(exposures, perUnit);
}

/** Near-critical networks need about 32 / (1 − spectral radius) iterations. */
const stopping: Stopping = { tolerance: 1e-14, maxIterations: 1_000_000 };

/** next = min(1, shock + Λ known), a function of its own so that engines compile it once for all calls. Four links a turn,
 * added in order: the checks of a loop cost as much as its arithmetic. */
function spread(lambda: Csr, shock: Float64Array, known: Float64Array, next: Float64Array): void {
  const { rows, start, index, value } = lambda;
  let e = 0;
  for (let i = 0; i < rows; i++) {
    let distress = shock[i]!;
    const end = start[i + 1]!;
    for (; e + 3 < end; e += 4) {
      distress += value[e]! * known[index[e]!]!;
      distress += value[e + 1]! * known[index[e + 1]!]!;
      distress += value[e + 2]! * known[index[e + 2]!]!;
      distress += value[e + 3]! * known[index[e + 3]!]!;
    }
    for (; e < end; e++) distress += value[e]! * known[index[e]!]!;
    next[i] = distress < 1 ? distress : 1;
  }
}

/** What an institution knows of the others' distress: that of the round before, or of this one as far as it has come. */
const sweeps = {
  rounds: (lambda: Csr, shock: Float64Array): MonotoneMap => {
    return (h, next) => spread(lambda, shock, h, next);
  },
  'in place': (lambda: Csr, shock: Float64Array): MonotoneMap => {
    return (h, next) => {
      next.set(h);
      spread(lambda, shock, next, next);
    };
  },
};

/** Differential DebtRank: the share of its equity that each institution has lost, h, once losses stop spreading.
 *
 * Written as h(t+1) = min(1, h(0) + Λh(t)), which telescopes the paper's h(t) + Λ(h(t) − h(t−1)): a saturated
 * institution passes on nothing more, and what is tested for convergence is the true residual. `rounds` are the
 * paper's; `in place` (Gauss-Seidel) climbs to the same least solution in about half as many iterations.
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
  sweep: keyof typeof sweeps = 'in place',
  { tolerance, maxIterations }: Stopping = stopping,
): Solved<Float64Array> {
  const shock = new Float64Array(initial.length);
  for (let i = 0; i < shock.length; i++) shock[i] = Math.min(1, initial[i]!);
  const map = sweeps[sweep](leverageMatrix(exposures, equity), shock);
  return fixedPoint('debtrank', map, shock, { tolerance, maxIterations });
}
