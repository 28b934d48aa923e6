import { cholesky, choleskySolve, NotPositiveDefinite } from './linear.js';

/** Pivots of a matrix scaled to a unit diagonal below this say that a column is a combination of the others. */
const SMALLEST_PIVOT = 1e-12;

export interface Factored {
  /** Solves a x = b. */
  readonly solve: (b: ArrayLike<number>) => Float64Array;
  /** Lower Cholesky factor of a itself. */
  readonly lower: Float64Array;
}

function tryCholesky(a: Float64Array, n: number): Float64Array | null {
  try {
    return cholesky(a, n);
  } catch (error) {
    if (error instanceof NotPositiveDefinite) return null;
    throw error;
  }
}

/** Cholesky of a symmetric matrix scaled to a unit diagonal; null where it is singular to working precision.
 * @shape a (n,n) flat
 */
export function scaledCholesky(a: Float64Array, n: number): Factored | null {
  const scale = Float64Array.from({ length: n }, (_, i) => Math.sqrt(a[i * n + i]!));
  const factor = tryCholesky(
    a.map((value, at) => value / (scale[Math.floor(at / n)]! * scale[at % n]!)),
    n,
  );
  if (factor === null || scale.some((_, i) => factor[i * n + i]! ** 2 < SMALLEST_PIVOT)) return null;
  return {
    solve: (b) =>
      choleskySolve(
        factor,
        n,
        scale.map((s, i) => b[i]! / s),
      ).map((x, i) => x / scale[i]!),
    lower: factor.map((value, at) => value * scale[Math.floor(at / n)]!),
  };
}
