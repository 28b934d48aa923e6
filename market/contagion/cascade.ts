import type { Solved } from '../../core/not-converged.js';
import { isWipedOut } from './counterparty-loss.js';
import type { Csr } from './csr.js';
import { transpose } from './csr.js';

export interface Cascade {
  readonly defaulted: Uint8Array;
  /** What each lost on defaulted borrowers, not capped at its equity. */
  readonly losses: Float64Array;
  /** New defaults, round by round; the first entry is who defaulted from the start. */
  readonly waves: readonly (readonly number[])[];
}

/** Lenders of the newly defaulted lose the loss given default on what they lent. */
function loseOn(
  wave: readonly number[],
  byBorrower: Csr,
  lossGivenDefault: number,
  losses: Float64Array,
): void {
  for (const j of wave)
    for (let e = byBorrower.start[j]!; e < byBorrower.start[j + 1]!; e++)
      losses[byBorrower.index[e]!]! += lossGivenDefault * byBorrower.value[e]!;
}

function newlyDefaulted(losses: Float64Array, equity: ArrayLike<number>, defaulted: Uint8Array): number[] {
  const wave: number[] = [];
  for (let i = 0; i < losses.length; i++)
    if (defaulted[i] === 0 && isWipedOut(losses[i]!, equity[i]!)) wave.push(i);
  return wave;
}

/** Threshold cascade: a default costs its lenders a fixed share of what they lent, and who loses its equity follows.
 *
 * It ends after at most n rounds; `iterations` counts the rounds in which somebody followed.
 * @formula losses_i = λ Σ_{j defaulted} A_ij; i defaults when losses_i ≥ E_i
 * @shape   exposures (n,n), lender in row; equity (n), not positive means defaulted from the start
 * @range   0 ≤ losses ≤ λ Σ_j A_ij
 * @source  Furfine 2003, Journal of Money, Credit and Banking 35(1)
 * @pitfall losses are not capped at equity: they are what lenders lose, not what shareholders can
 */
export function cascade(
  exposures: Csr,
  equity: ArrayLike<number>,
  initially: readonly number[],
  lossGivenDefault = 1,
): Solved<Cascade> {
  const byBorrower = transpose(exposures);
  const losses = new Float64Array(exposures.rows);
  const defaulted = new Uint8Array(exposures.rows);
  for (const i of initially) defaulted[i] = 1;
  let wave = [...initially, ...newlyDefaulted(losses, equity, defaulted)];
  const waves: number[][] = [];
  while (wave.length > 0) {
    waves.push(wave);
    for (const i of wave) defaulted[i] = 1;
    loseOn(wave, byBorrower, lossGivenDefault, losses);
    wave = newlyDefaulted(losses, equity, defaulted);
  }
  return { value: { defaulted, losses, waves }, iterations: Math.max(0, waves.length - 1), residual: 0 };
}
