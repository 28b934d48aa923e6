import { centred, scaleByPowerOfTwo } from '../float-bits.js';
import { NotConverged } from '../not-converged.js';
import { expectShape } from './matrix.js';
import { tridiagonalise, type Tridiagonal } from './tridiagonal.js';

/** Eigenvalues in descending order; column j of `vectors` (n,n) belongs to value j. */
export interface SymmetricEigen {
  readonly values: Float64Array;
  readonly vectors: Float64Array;
}

const LARGEST_ITERATIONS = 60;

/** Eigenvalues and orthonormal eigenvectors of a symmetric matrix.
 * @formula a = v diag(values) v'
 * @shape   a (n,n), of which the lower triangle is read; values (n), vectors (n,n) in columns
 * @range   each vector has length 1 and its largest component in size (the first of equals) positive
 * @source  Householder tridiagonalisation, implicit QL (Bowdler, Martin, Reinsch & Wilkinson 1968)
 * @pitfall vectors of a repeated value are one orthonormal basis of many; throws NotConverged on NaN or infinity
 */
export function symmetricEigen(a: ArrayLike<number>, n: number): SymmetricEigen {
  expectShape('symmetricEigen', a, n, n);
  const exponent = largestExponent(a);
  // Scaling by a power of two is exact, and keeps every square below in range.
  const form = tridiagonalise(
    Float64Array.from(a, (x) => scaleByPowerOfTwo(x, -exponent)),
    n,
  );
  diagonalise(form, n);
  return arranged(form, n, exponent);
}

function largestExponent(a: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < a.length; i += 1) {
    const size = Math.abs(a[i]!);
    if (!(size < Infinity)) throw new NotConverged('symmetricEigen', 0, size);
    largest = Math.max(largest, size);
  }
  return largest === 0 ? 0 : centred(largest).exponent;
}

/** Drives every off-diagonal entry to zero, from the top left down. */
function diagonalise(form: Tridiagonal, n: number): void {
  const { diagonal: d, offDiagonal: e } = form;
  let scale = 0;
  for (let start = 0; start < n; start += 1) {
    scale = Math.max(scale, Math.abs(d[start]!) + Math.abs(e[start]!));
    for (let iteration = 0; ; iteration += 1) {
      let end = start;
      while (end < n - 1 && Math.abs(e[end]!) > Number.EPSILON * scale) end += 1;
      if (end === start) break;
      if (iteration === LARGEST_ITERATIONS)
        throw new NotConverged('symmetricEigen', iteration, Math.abs(e[start]!));
      sweep(form, n, start, end);
    }
    e[start] = 0;
  }
}

/** One implicit QL sweep with Wilkinson's shift over the unreduced block start..end. */
function sweep(form: Tridiagonal, n: number, start: number, end: number): void {
  const { diagonal: d, offDiagonal: e, basis } = form;
  const half = (d[start + 1]! - d[start]!) / (2 * e[start]!);
  const root = Math.sqrt(half * half + 1);
  let g = d[end]! - d[start]! + e[start]! / (half < 0 ? half - root : half + root);
  let sine = 1;
  let cosine = 1;
  let shift = 0;
  for (let i = end - 1; i >= start; i -= 1) {
    const f = sine * e[i]!;
    const b = cosine * e[i]!;
    const length = Math.sqrt(f * f + g * g);
    e[i + 1] = length;
    if (length === 0) {
      d[i + 1]! -= shift;
      e[end] = 0;
      return;
    }
    sine = f / length;
    cosine = g / length;
    const next = d[i + 1]! - shift;
    const turn = (d[i]! - next) * sine + 2 * cosine * b;
    shift = sine * turn;
    d[i + 1] = next + shift;
    g = cosine * turn - b;
    rotateRows(basis, n, i, sine, cosine);
  }
  d[start]! -= shift;
  e[start] = g;
  e[end] = 0;
}

function rotateRows(basis: Float64Array, n: number, i: number, sine: number, cosine: number): void {
  const first = i * n;
  const second = first + n;
  for (let k = 0; k < n; k += 1) {
    const a = basis[first + k]!;
    const b = basis[second + k]!;
    basis[second + k] = sine * a + cosine * b;
    basis[first + k] = cosine * a - sine * b;
  }
}

function arranged({ diagonal, basis }: Tridiagonal, n: number, exponent: number): SymmetricEigen {
  const order = Array.from({ length: n }, (_, i) => i);
  order.sort((i, j) => diagonal[j]! - diagonal[i]! || i - j);
  const vectors = new Float64Array(n * n);
  order.forEach((row, column) => {
    const vector = basis.subarray(row * n, row * n + n);
    const sign = signOfLargest(vector);
    for (let i = 0; i < n; i += 1) vectors[i * n + column] = sign * vector[i]!;
  });
  const values = Float64Array.from(order, (i) => scaleByPowerOfTwo(diagonal[i]!, exponent));
  return { values, vectors };
}

function signOfLargest(vector: Float64Array): number {
  let largest = 0;
  for (const x of vector) if (Math.abs(x) > Math.abs(largest)) largest = x;
  return largest < 0 ? -1 : 1;
}
