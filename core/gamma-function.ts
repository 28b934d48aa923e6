import { log } from './logarithm.js';
import { polynomial } from './polynomial.js';
import { sin } from './trigonometry.js';

// Rational fits at Chebyshev nodes, computed in 60 digits; relative error below 7e-17. The zeros at 1 and 2 are
// divided out, and the fits start at the left end, where Horner's rule then adds terms of one sign.
/** log Gamma(x) / ((x - 1) (x - 2)) in x - 3/4, for 3/4 <= x <= 3/2. */
const LEFT_TOP = [
  0.6504990445801452, 2.296916294972288, 2.99923720996814, 1.776019034840435, 0.4664146812583383,
  0.043593578140394294, 0.0004808534151403063, -6.992053900841409e-6,
];
const LEFT_BOTTOM = [
  1, 4.0726819176409945, 6.364651323556868, 4.780727712421822, 1.7656909057073031, 0.2908987987646571,
  0.015584128428912094,
];
/** The same in x - 3/2, for 3/2 <= x <= 3. */
const RIGHT_TOP = [
  0.4831289505409809, 0.7878383995291579, 0.46333085777735106, 0.11890400710807496, 0.012701314248283925,
  0.0004260126425044307, 1.013443333511095e-6,
];
const RIGHT_BOTTOM = [
  1, 1.932813784803918, 1.4127341257245483, 0.48603793473682017, 0.07965296842334904, 0.005516852968868449,
  0.00011170278409340901,
];
/** Stirling's series in 1/x^2: B_2k / (2k (2k - 1)). */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 5 / 5940, -691 / 360360, 1 / 156, -3617 / 122400];
const HALF_LOG_TWO_PI = 0.9189385332046728;

/** log |Gamma(x)|, within 5 ulp for x > 0.
 * @range   Infinity at 0 and the negative integers, and at both infinities
 * @pitfall left of 0 accuracy is absolute, not relative, near the zeros between the poles
 */
export function lgamma(x: number): number {
  if (x !== x) return NaN;
  if (Math.abs(x) === Infinity) return Infinity;
  if (x === 1 || x === 2) return 0;
  if (x <= 0) return reflected(x);
  // Gamma(x) = Gamma(1 + x) / x, with the factors and the offset taken before 1 + x could round.
  if (x < 0.75) return (x < 0.5 ? left(x, x - 1, x + 0.25) : right(x, x - 1, x - 0.5)) - log(x);
  if (x <= 3) return between(x);
  return x < 10 ? shifted(x) : stirling(x);
}

/** For 3/4 <= x <= 3. */
function between(x: number): number {
  return x < 1.5 ? left(x - 1, x - 2, x - 0.75) : right(x - 1, x - 2, x - 1.5);
}

function left(fromOne: number, fromTwo: number, z: number): number {
  return (fromOne * fromTwo * polynomial(LEFT_TOP, z)) / polynomial(LEFT_BOTTOM, z);
}

function right(fromOne: number, fromTwo: number, z: number): number {
  return (fromOne * fromTwo * polynomial(RIGHT_TOP, z)) / polynomial(RIGHT_BOTTOM, z);
}

/** Gamma(x) = (x - 1) (x - 2) ... Gamma(r), 2 < r <= 3. */
function shifted(x: number): number {
  let product = 1;
  let rest = x;
  while (rest > 3) {
    rest -= 1;
    product *= rest;
  }
  return log(product) + between(rest);
}

function stirling(x: number): number {
  const main = (x - 0.5) * (log(x) - 1) + (HALF_LOG_TWO_PI - 0.5);
  return x > 1e9 ? main : main + polynomial(STIRLING, 1 / (x * x)) / x;
}

/** |Gamma(x) Gamma(1 - x)| = pi / |sin(pi x)|. */
function reflected(x: number): number {
  if (Number.isInteger(x)) return Infinity;
  const size = -x;
  // The sine of the distance to the nearest integer: sin(pi x) itself would lose it.
  const sine = sin(Math.PI * Math.abs(size - Math.round(size)));
  return log(Math.PI / (sine * size)) - lgamma(size);
}
