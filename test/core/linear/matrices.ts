import { openStream, streamKey } from '../../../core/random.js';

/** A matrix of independent standard normals. */
export function normalMatrix(n: number, m: number, seed: number): Float64Array {
  const source = openStream(streamKey(seed, 'test-matrix'));
  return Float64Array.from({ length: n * m }, () => source.normal());
}

/** A symmetric matrix with normal entries. */
export function symmetricMatrix(n: number, seed: number): Float64Array {
  const a = normalMatrix(n, n, seed);
  return a.map((_, p) => a[p]! + a[(p % n) * n + Math.floor(p / n)]!);
}

export function identity(n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, p) => (p % (n + 1) === 0 ? 1 : 0));
}

export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = a.length === b.length ? 0 : Infinity;
  for (let i = 0; i < a.length; i += 1) {
    const difference = Math.abs(a[i]! - b[i]!);
    largest = difference <= largest ? largest : difference;
  }
  return largest;
}
