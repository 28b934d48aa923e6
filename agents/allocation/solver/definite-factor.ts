import { cholesky, NotPositiveDefinite } from '../../../core/linear.js';

/** A pivot this small beside its diagonal is rounding: the matrix is singular. */
const singular = 1e-13;

/** Cholesky factor of a matrix that is positive definite beyond rounding. */
export function definiteFactor(hessian: Float64Array, n: number): Float64Array {
  const lower = cholesky(hessian, n);
  for (let i = 0, at = 0; i < n; i++, at += n + 1)
    if (lower[at]! ** 2 <= singular * hessian[at]!) throw new NotPositiveDefinite(i, lower[at]! ** 2);
  return lower;
}
