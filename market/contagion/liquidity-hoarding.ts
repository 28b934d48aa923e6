import type { Solved } from '../../core/not-converged.js';
import type { Csr } from './csr.js';
import { fixedPoint } from './fixed-point.js';
import { transposedProduct } from './product.js';

/** Funding that each borrower loses when lenders call in these shares of their loans. */
export function withdrawnFrom(exposures: Csr, calledShare: Float64Array, out: Float64Array): void {
  transposedProduct(exposures, calledShare, out);
}

export interface Hoarding {
  /** 1 where an institution is short of cash and hoards. */
  readonly hoards: Uint8Array;
  /** Funding lost to the shock and to hoarders (n). */
  readonly withdrawn: Float64Array;
}

/** Liquidity hoarding: who loses more funding than it holds cash calls in loans, which takes funding from others.
 * @formula w_i = w_i(0) + λ Σ_j A_ji 1[w_j > liquid_j]
 * @shape   exposures (n,n), lender in row; liquid, shock (n)
 * @range   shock ≤ withdrawn ≤ shock + λ Σ_j A_ji
 * @source  Gai, Haldane & Kapadia 2011, Journal of Monetary Economics 58(5)
 * @pitfall it runs against the direction of default contagion: from lenders to borrowers
 */
export function liquidityHoarding(
  exposures: Csr,
  liquid: ArrayLike<number>,
  shock: ArrayLike<number>,
  hoardedShare: number,
): Solved<Hoarding> {
  const start = Float64Array.from(shock);
  const called = new Float64Array(start.length);
  const isShort = (withdrawn: number, i: number): boolean => withdrawn > liquid[i]!;
  const withdraw = (withdrawn: Float64Array, next: Float64Array): void => {
    for (let i = 0; i < called.length; i++) called[i] = isShort(withdrawn[i]!, i) ? hoardedShare : 0;
    withdrawnFrom(exposures, called, next);
    for (let i = 0; i < next.length; i++) next[i]! += start[i]!;
  };
  const { value, ...report } = fixedPoint('liquidity hoarding', withdraw, start, {
    tolerance: 0,
    maxIterations: start.length + 2,
  });
  return {
    ...report,
    value: { withdrawn: value, hoards: Uint8Array.from(value, (w, i) => (isShort(w, i) ? 1 : 0)) },
  };
}
