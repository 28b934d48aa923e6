import { expectShape } from './matrix.js';

/** Thrown where elimination finds no usable pivot. */
export class Singular extends Error {
  constructor(readonly column: number) {
    super(`matrix is singular: no pivot in column ${column}`);
    this.name = 'Singular';
  }
}

/** Unit lower and upper factor in one array, and where each row came from. */
interface Factored {
  readonly lu: Float64Array;
  readonly order: Int32Array;
}

/** LU with partial pivoting; of equal pivots the first row wins. */
function factor(a: ArrayLike<number>, n: number): Factored {
  const lu = Float64Array.from(a);
  const order = Int32Array.from({ length: n }, (_, i) => i);
  for (let column = 0; column < n; column += 1) {
    swapRows(lu, order, n, column, pivotRow(lu, n, column));
    const pivot = lu[column * n + column]!;
    for (let i = column + 1; i < n; i += 1) {
      const ratio = lu[i * n + column]! / pivot;
      lu[i * n + column] = ratio;
      if (ratio === 0) continue;
      for (let j = column + 1; j < n; j += 1) lu[i * n + j]! -= ratio * lu[column * n + j]!;
    }
  }
  return { lu, order };
}

function pivotRow(lu: Float64Array, n: number, column: number): number {
  let best = column;
  for (let i = column; i < n; i += 1) {
    if (Math.abs(lu[i * n + column]!) > Math.abs(lu[best * n + column]!)) best = i;
  }
  const size = Math.abs(lu[best * n + column]!);
  if (!(size > 0 && size < Infinity)) throw new Singular(column);
  return best;
}

function swapRows(lu: Float64Array, order: Int32Array, n: number, i: number, j: number): void {
  if (i === j) return;
  [order[i], order[j]] = [order[j]!, order[i]!];
  for (let k = 0; k < n; k += 1) {
    const kept = lu[i * n + k]!;
    lu[i * n + k] = lu[j * n + k]!;
    lu[j * n + k] = kept;
  }
}

function substitute({ lu, order }: Factored, n: number, b: ArrayLike<number>): Float64Array {
  const x = Float64Array.from(order, (row) => b[row]!);
  for (let i = 1; i < n; i += 1) {
    for (let k = 0; k < i; k += 1) x[i]! -= lu[i * n + k]! * x[k]!;
  }
  for (let i = n - 1; i >= 0; i -= 1) {
    for (let k = i + 1; k < n; k += 1) x[i]! -= lu[i * n + k]! * x[k]!;
    x[i]! /= lu[i * n + i]!;
  }
  return x;
}

/** Solves a x = b by LU with partial pivoting.
 * @shape   a (n,n), b (n); result (n)
 * @pitfall throws Singular only for an exactly vanishing pivot: an ill-conditioned system is solved as it stands
 */
export function solve(a: ArrayLike<number>, n: number, b: ArrayLike<number>): Float64Array {
  expectShape('solve', a, n, n);
  expectShape('solve', b, n, 1);
  return substitute(factor(a, n), n, b);
}

/** Inverse by LU with partial pivoting. @shape a (n,n); result (n,n) */
export function inverse(a: ArrayLike<number>, n: number): Float64Array {
  expectShape('inverse', a, n, n);
  const factored = factor(a, n);
  const result = new Float64Array(n * n);
  for (let j = 0; j < n; j += 1) {
    const unit = new Float64Array(n);
    unit[j] = 1;
    const column = substitute(factored, n, unit);
    for (let i = 0; i < n; i += 1) result[i * n + j] = column[i]!;
  }
  return result;
}
