import { float64 } from '../slab.js';
import { expectShape } from './matrix.js';

/** Thrown where a Cholesky pivot is not positive: the matrix is not positive definite (to working precision). */
export class NotPositiveDefinite extends Error {
  constructor(
    readonly pivot: number,
    readonly value: number,
  ) {
    super(`matrix is not positive definite: pivot ${pivot} is ${value}`);
    this.name = 'NotPositiveDefinite';
  }
}

/** Lower Cholesky factor.
 * @formula a = l l'
 * @shape   a (n,n), of which the lower triangle is read; result (n,n), zero above the diagonal
 * @pitfall throws NotPositiveDefinite, naming the pivot (from 0), for semi-definite matrices too
 */
export function cholesky(a: ArrayLike<number>, n: number): Float64Array {
  expectShape('cholesky', a, n, n);
  const l = float64(n * n);
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let rest = a[i * n + j]!;
      for (let k = 0; k < j; k += 1) rest -= l[i * n + k]! * l[j * n + k]!;
      if (j < i) l[i * n + j] = rest / l[j * n + j]!;
      else if (rest > 0 && rest < Infinity) l[i * n + i] = Math.sqrt(rest);
      else throw new NotPositiveDefinite(i, rest);
    }
  }
  return l;
}

/** Solves l l' x = b given the factor. @shape l (n,n), b (n); result (n) */
export function choleskySolve(l: ArrayLike<number>, n: number, b: ArrayLike<number>): Float64Array {
  expectShape('choleskySolve', l, n, n);
  expectShape('choleskySolve', b, n, 1);
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i += 1) {
    for (let k = 0; k < i; k += 1) x[i]! -= l[i * n + k]! * x[k]!;
    x[i]! /= l[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i -= 1) {
    x[i]! /= l[i * n + i]!;
    for (let k = 0; k < i; k += 1) x[k]! -= l[i * n + k]! * x[i]!;
  }
  return x;
}
