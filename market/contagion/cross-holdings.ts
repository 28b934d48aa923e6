import { fromRows, inverse, matrixVector } from '../../core/linear.js';
import type { Solved } from '../../core/not-converged.js';
import { denseFromCsr, type Csr } from './csr.js';
import { columnSums } from './product.js';

/** Ĉ_jj = 1 − Σ_i C_ij: the share of each organisation that no organisation owns. */
export const ownShares = (holdings: Csr): Float64Array => columnSums(holdings).map((owned) => 1 - owned);

/** How much of each organisation's final value rests on each primitive asset, flat and row-major.
 * @formula A = Ĉ(I − C)⁻¹
 * @shape   C (n,n), C_ij the share of j held by i; A (n,n)
 * @range   columns of A sum to 1
 * @source  Elliott, Golub & Jackson 2014, American Economic Review 104(10)
 * @pitfall A is column stochastic; columns of C must sum to less than 1
 */
export function dependency(holdings: Csr): Float64Array {
  const n = holdings.rows;
  const minusC = fromRows(denseFromCsr(holdings)).map((share) => -share);
  for (let i = 0; i < n; i++) minusC[i * n + i]! += 1;
  const own = ownShares(holdings);
  return inverse(minusC, n).map((a, at) => a * own[Math.floor(at / n)]!);
}

export interface FailureCascade {
  readonly dependency: Float64Array;
  readonly initialValues: Float64Array;
  readonly finalValues: Float64Array;
  readonly waves: readonly (readonly number[])[];
}

export interface FailureTerms {
  /** Share of its initial value below which an organisation fails. */
  readonly threshold: number;
  /** Share of its initial value that failure destroys. */
  readonly cost: number;
}

/** Failures in a network of cross-holdings: who falls below its threshold pays a cost, which lowers its owners.
 *
 * It ends after at most n waves: failure is for good.
 * @formula v = A(Dp − b), b_i = cost · v_i(0) for everybody with v_i < threshold · v_i(0)
 * @shape   primitives, shocked (n), value of each organisation's own assets before and after the shock
 * @range   v ≤ v before failures
 * @source  Elliott, Golub & Jackson 2014, American Economic Review 104(10)
 * @pitfall the cost comes out of the assets, before values are shared: A(Dp − b), not A Dp − b
 */
export function failureCascade(
  holdings: Csr,
  primitives: Float64Array,
  shocked: Float64Array,
  { threshold, cost }: FailureTerms,
): Solved<FailureCascade> {
  const n = holdings.rows;
  const a = dependency(holdings);
  const initialValues = matrixVector(a, primitives, n, n);
  const left = shocked.slice();
  const failed = new Uint8Array(n);
  const waves: number[][] = [];
  for (;;) {
    const values = matrixVector(a, left, n, n);
    const wave = [...values.keys()].filter(
      (i) => failed[i] === 0 && values[i]! < threshold * initialValues[i]! * (1 - 1e-12),
    );
    const value = { dependency: a, initialValues, finalValues: values, waves };
    if (wave.length === 0) return { value, iterations: waves.length, residual: 0 };
    waves.push(wave);
    for (const i of wave) {
      failed[i] = 1;
      left[i]! -= cost * initialValues[i]!;
    }
  }
}
