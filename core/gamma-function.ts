import { log } from './logarithm.js';
import { polynomial } from './polynomial.js';
import { sin } from './trigonometry.js';

// Rational fits at Chebyshev nodes, computed in 60 digits; relative error below 4e-16.
/** log Gamma(1 + z) / z for -0.3 <= z <= 0.5. */
const NEAR_ONE_TOP = [
  -0.5772156649015329, -1.1607342731563655, -0.2570986041896441, 0.9085412664276354, 0.8036209157082784,
  0.25213380605367947, 0.0298464738237727, 0.0009060802204844387,
];
const NEAR_ONE_BOTTOM = [
  1, 3.4358064535874866, 4.6468775437031855, 3.131004495309565, 1.0946822165048562, 0.18716427503352778,
  0.012953126687527785, 0.0002111039355163498,
];
/** log Gamma(2 + z) / z for -0.5 <= z <= 1. */
const NEAR_TWO_TOP = [
  0.42278433509846713, 1.1372282040251802, 1.1913715667381324, 0.6364985206300641, 0.187566389496622,
  0.030444151074742444, 0.0025389151167892086, 9.121765056098665e-5, 8.86930626757344e-7,
];
const NEAR_TWO_BOTTOM = [
  1, 1.9271318801613304, 1.507358041612983, 0.6141220977752894, 0.13903048242034663, 0.017251617628811142,
  0.0010779960859422495, 2.7665485266641852e-5, 1.6799827203582415e-7,
];
/** Stirling's series in 1/x^2: B_2k / (2k (2k - 1)). */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 5 / 5940, -691 / 360360, 1 / 156, -3617 / 122400];
const HALF_LOG_TWO_PI = 0.9189385332046728;

/** log |Gamma(x)|, within 4 ulp for x > 0.
 * @range   Infinity at 0 and the negative integers, and at both infinities
 * @pitfall left of 0 accuracy is absolute, not relative, near the zeros between the poles
 */
export function lgamma(x: number): number {
  if (x !== x) return NaN;
  if (Math.abs(x) === Infinity) return Infinity;
  if (x <= 0) return reflected(x);
  if (x < 0.7) return (x <= 0.5 ? nearOne(x) : nearTwo(x - 1)) - log(x);
  if (x <= 1.5) return nearOne(x - 1);
  if (x <= 3) return nearTwo(x - 2);
  return x < 10 ? shifted(x) : stirling(x);
}

function nearOne(z: number): number {
  return (z * polynomial(NEAR_ONE_TOP, z)) / polynomial(NEAR_ONE_BOTTOM, z);
}

function nearTwo(z: number): number {
  return (z * polynomial(NEAR_TWO_TOP, z)) / polynomial(NEAR_TWO_BOTTOM, z);
}

/** Gamma(x) = (x - 1) (x - 2) ... Gamma(r), 2 < r <= 3. */
function shifted(x: number): number {
  let product = 1;
  let rest = x;
  while (rest > 3) {
    rest -= 1;
    product *= rest;
  }
  return log(product) + nearTwo(rest - 2);
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
