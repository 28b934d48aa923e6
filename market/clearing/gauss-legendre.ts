import { cos } from '../../core/numeric.js';

/** Nodes and weights of a quadrature rule on [0, 1]. */
export interface Quadrature {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/** Legendre polynomial of degree n at x, and its derivative, by the three-term recurrence. */
function legendre(n: number, x: number): { value: number; slope: number } {
  let before = 1;
  let value = x;
  for (let j = 2; j <= n; j++) [before, value] = [value, ((2 * j - 1) * x * value - (j - 1) * before) / j];
  return { value, slope: (n * (x * value - before)) / (x * x - 1) };
}

function root(n: number, i: number): number {
  let x = cos((Math.PI * (i + 0.75)) / (n + 0.5));
  for (let step = 0; step < 8; step++) {
    const { value, slope } = legendre(n, x);
    x -= value / slope;
  }
  return x;
}

/** Gauss-Legendre rule of n nodes: exact for polynomials of degree 2n − 1. */
export function gaussLegendre(n: number): Quadrature {
  const roots = Float64Array.from({ length: n }, (_, i) => root(n, n - 1 - i));
  const weights = roots.map((x) => 1 / ((1 - x * x) * legendre(n, x).slope ** 2));
  return { nodes: roots.map((x) => (1 + x) / 2), weights };
}
