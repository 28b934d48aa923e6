/** a = basis' t basis with t symmetric tridiagonal: offDiagonal[i] couples i and i + 1, its last entry is 0. */
export interface Tridiagonal {
  readonly diagonal: Float64Array;
  readonly offDiagonal: Float64Array;
  /** Orthogonal (n,n); rows, not columns, turn into eigenvectors, so that rotations touch contiguous memory. */
  readonly basis: Float64Array;
}

/** Householder reduction of a symmetric matrix, which it overwrites; the lower triangle is read. */
export function tridiagonalise(a: Float64Array, n: number): Tridiagonal {
  mirrorLower(a, n);
  const basis = new Float64Array(n * n);
  for (let i = 0; i < n; i += 1) basis[i * n + i] = 1;
  const offDiagonal = new Float64Array(n);
  const factors = new Float64Array(n);
  for (let k = 0; k < n - 1; k += 1) {
    const { head, factor } = reflector(a, n, k);
    offDiagonal[k] = head;
    factors[k] = factor;
    if (factor !== 0) reflectBothSides(a, n, k, factor);
  }
  for (let k = n - 2; k >= 0; k -= 1) {
    if (factors[k] !== 0) reflectBasis(basis, a, n, k, factors[k]!);
  }
  return { diagonal: Float64Array.from({ length: n }, (_, i) => a[i * n + i]!), offDiagonal, basis };
}

function mirrorLower(a: Float64Array, n: number): void {
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j < i; j += 1) a[j * n + i] = a[i * n + j]!;
  }
}

/** Writes over row k, right of the diagonal, the vector v whose reflection 1 - factor v v' leaves only its head. */
function reflector(a: Float64Array, n: number, k: number): { head: number; factor: number } {
  const first = k * n + k + 1;
  const end = k * n + n;
  let rest = 0;
  for (let p = first + 1; p < end; p += 1) rest += a[p]! * a[p]!;
  const x = a[first]!;
  if (rest === 0) return { head: x, factor: 0 };
  const length = Math.sqrt(x * x + rest);
  const head = x > 0 ? -length : length;
  a[first] = x - head;
  return { head, factor: 1 / (length * (length + Math.abs(x))) };
}

/** The trailing block becomes (1 - factor v v') block (1 - factor v v'): a rank-two update. */
function reflectBothSides(a: Float64Array, n: number, k: number, factor: number): void {
  const v = a.subarray(k * n, k * n + n);
  const w = new Float64Array(n);
  let overlap = 0;
  for (let i = k + 1; i < n; i += 1) {
    w[i] = factor * rowDot(a, i * n, v, k + 1, n);
    overlap += w[i]! * v[i]!;
  }
  for (let i = k + 1; i < n; i += 1) w[i]! -= 0.5 * factor * overlap * v[i]!;
  for (let i = k + 1; i < n; i += 1) {
    const vi = v[i]!;
    const wi = w[i]!;
    for (let j = k + 1; j < n; j += 1) a[i * n + j]! -= vi * w[j]! + wi * v[j]!;
  }
}

function reflectBasis(basis: Float64Array, a: Float64Array, n: number, k: number, factor: number): void {
  const v = a.subarray(k * n, k * n + n);
  for (let i = k + 1; i < n; i += 1) {
    const projection = factor * rowDot(basis, i * n, v, k + 1, n);
    for (let j = k + 1; j < n; j += 1) basis[i * n + j]! -= projection * v[j]!;
  }
}

function rowDot(a: Float64Array, row: number, v: Float64Array, from: number, to: number): number {
  let total = 0;
  for (let j = from; j < to; j += 1) total += a[row + j]! * v[j]!;
  return total;
}
