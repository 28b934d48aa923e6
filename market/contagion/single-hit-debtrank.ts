import type { Solved } from '../../core/not-converged.js';
import { transpose, type Csr } from './csr.js';
import { leverageMatrix } from './debtrank.js';

/** What one institution's whole default does to a lender, from Λ = exposure / equity. */
export type Impact = (lambda: number) => number;

/** The paper's W = min(1, A/E): an exposure above equity destroys no more than equity. */
export const cappedImpact: Impact = (lambda) => Math.min(1, lambda);
/** W = A/E as it is; only the sum of distress is capped. */
export const fullImpact: Impact = (lambda) => lambda;

const UNDISTRESSED = 0;
const DISTRESSED = 1;
const INACTIVE = 2;

interface Wave {
  readonly distress: Float64Array;
  readonly state: Uint8Array;
}

/** All distressed institutions pass on what they had before this round, at once, and become inactive. */
function passOn(byBorrower: Csr, { distress, state }: Wave): number {
  const before = distress.slice();
  const hitters = state.map((s) => (s === DISTRESSED ? 1 : 0));
  for (let j = 0; j < byBorrower.rows; j++)
    for (let e = byBorrower.start[j]!; hitters[j] === 1 && e < byBorrower.start[j + 1]!; e++) {
      const i = byBorrower.index[e]!;
      distress[i] = Math.min(1, distress[i]! + byBorrower.value[e]! * before[j]!);
    }
  for (let i = 0; i < state.length; i++)
    if (hitters[i] === 1) state[i] = INACTIVE;
    else if (state[i] === UNDISTRESSED && distress[i]! > 0) state[i] = DISTRESSED;
  return state.reduce((count, s) => count + (s === DISTRESSED ? 1 : 0), 0);
}

/** DebtRank of 2012: every institution passes its distress on once, the round after it becomes distressed.
 *
 * It ends of itself after at most n rounds, with nothing left to pass on: the residual is 0.
 * @formula h_i(t) = min(1, h_i(t−1) + Σ_{j distressed} W_ji h_j(t−1)), W = impact(A_ij / E_i)
 * @shape   exposures (n,n), lender in row; equity (n); initial (n)
 * @range   initial ≤ h ≤ 1
 * @source  Battiston, Puliga, Kaushik, Tasca & Caldarelli 2012, Scientific Reports 2:541
 * @pitfall distress that returns to an institution by a cycle stays there: it is not passed on a second time
 */
export function singleHitDebtRank(
  exposures: Csr,
  equity: ArrayLike<number>,
  initial: ArrayLike<number>,
  impact: Impact = cappedImpact,
): Solved<Float64Array> {
  const lambda = leverageMatrix(exposures, equity);
  const byBorrower = transpose({ ...lambda, value: lambda.value.map(impact) });
  const distress = Float64Array.from(initial, (h) => Math.min(1, h));
  const state = Uint8Array.from(distress, (h) => (h > 0 ? DISTRESSED : UNDISTRESSED));
  let iterations = 0;
  for (let active = state.indexOf(DISTRESSED) + 1; active > 0; iterations++)
    active = passOn(byBorrower, { distress, state });
  return { value: distress, iterations, residual: 0 };
}
