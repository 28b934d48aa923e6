import { exp } from './exponential.js';
import { lgamma } from './gamma-function.js';
import { log, log1p } from './logarithm.js';
import { NotConverged } from './not-converged.js';

const LARGEST_ITERATIONS = 100000;
const TINY = 1e-300;

/** Regularised incomplete beta function I_x(a, b).
 * @range  [0, 1] for x in [0, 1], a > 0, b > 0; NaN outside
 * @source continued fraction DLMF 8.17.22, by Lentz's method
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (!(x >= 0 && x <= 1 && a > 0 && b > 0)) return NaN;
  if (x === 0 || x === 1) return x;
  return betaBetween(x, 1 - x, a, b);
}

/** I_x(a, b) given 1 - x as well, which a caller may know to more bits. */
function betaBetween(x: number, rest: number, a: number, b: number): number {
  return x < (a + 1) / (a + b + 2) ? leftPart(x, rest, a, b) : 1 - leftPart(rest, x, b, a);
}

function leftPart(x: number, rest: number, a: number, b: number): number {
  const logRest = x < 0.5 ? log1p(-x) : log(rest);
  const logFront = lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * logRest;
  return exp(logFront) / (a * continuedFraction(x, a, b));
}

/** 1 + d1 / (1 + d2 / (1 + ...)): its reciprocal is the factor of the front. */
function continuedFraction(x: number, a: number, b: number): number {
  let value = 1;
  let top = 1;
  let bottom = 0;
  for (let j = 1; j <= LARGEST_ITERATIONS; j += 1) {
    const d = coefficient(j, x, a, b);
    bottom = 1 / nonZero(1 + d * bottom);
    top = nonZero(1 + d / top);
    const change = top * bottom;
    value *= change;
    if (Math.abs(change - 1) < 1e-16) return value;
  }
  throw new NotConverged('incompleteBeta', LARGEST_ITERATIONS, NaN);
}

function coefficient(j: number, x: number, a: number, b: number): number {
  const m = Math.floor(j / 2);
  return j % 2 === 0
    ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
}

function nonZero(x: number): number {
  return Math.abs(x) < TINY ? TINY : x;
}

/** Distribution function of Student's t.
 * @formula I_{df / (df + t^2)}(df/2, 1/2) / 2 in the left tail
 * @range   [0, 1]; df > 0; relative error about 1e-13 df^(1/2) in the tails
 */
export function studentTCdf(t: number, df: number): number {
  if (t !== t || !(df > 0)) return NaN;
  if (Math.abs(t) === Infinity) return t > 0 ? 1 : 0;
  const square = t * t;
  const total = df + square;
  const tail = 0.5 * betaBetween(df / total, square / total, df / 2, 0.5);
  return t > 0 ? 1 - tail : tail;
}
