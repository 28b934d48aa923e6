/* Every product, quotient and sum below is rounded to float32 by itself: no fused multiply-add, so that the
   interpreter's SIMD lanes and this code give the same bits. The assembly holds the same constants. */
const { floor, fround: f } = Math;

const LOG2_E = f(1.4426950408889634);
// log 2 in two parts, the first short enough for n times it to be exact.
const LN2_HIGH = f(0.693359375);
const LN2_LOW = f(-2.1219444e-4);

const E5 = f(1.98756915e-4);
const E4 = f(1.3981999507e-3);
const E3 = f(8.3334519073e-3);
const E2 = f(4.1665795894e-2);
const E1 = f(1.6666665459e-1);
const E0 = f(5.0000001201e-1);

/** 2^n for n from -126 to 127, at n + 126. */
const POWERS_OF_TWO = new Float32Array(254);
for (let i = 0, power = 1.1754943508222875e-38; i < 254; i++, power *= 2) POWERS_OF_TWO[i] = power;

/** e^x in float32, for x clamped to [-87, 88].
 * @source Moshier, Cephes Mathematical Library, expf
 */
export function exp32(value: number): number {
  let x = value < -87 ? -87 : value;
  x = x > 88 ? 88 : x;
  const n = floor(f(f(x * LOG2_E) + 0.5));
  const r = f(f(x - f(n * LN2_HIGH)) - f(n * LN2_LOW));
  let y = f(f(E5 * r) + E4);
  y = f(f(y * r) + E3);
  y = f(f(y * r) + E2);
  y = f(f(y * r) + E1);
  y = f(f(y * r) + E0);
  y = f(f(f(y * f(r * r)) + r) + 1);
  return f(y * (n === n ? POWERS_OF_TWO[n + 126]! : NaN));
}

const L8 = f(7.0376836292e-2);
const L7 = f(-1.151461031e-1);
const L6 = f(1.167699874e-1);
const L5 = f(-1.2420140846e-1);
const L4 = f(1.4249322787e-1);
const L3 = f(-1.6668057665e-1);
const L2 = f(2.0000714765e-1);
const L1 = f(-2.4999993993e-1);
const L0 = f(3.3333331174e-1);
const SQRT_HALF = f(0.7071067811865476);

function logSeries(m: number): number {
  let y = f(f(L8 * m) + L7);
  y = f(f(y * m) + L6);
  y = f(f(y * m) + L5);
  y = f(f(y * m) + L4);
  y = f(f(y * m) + L3);
  y = f(f(y * m) + L2);
  y = f(f(y * m) + L1);
  return f(f(y * m) + L0);
}

/** Natural logarithm in float32 of a normal positive x, given x's bits; NaN for x ≤ 0.
 * @source Moshier, Cephes Mathematical Library, logf
 */
export function log32(x: number, bits: number, half: (bits: number) => number): number {
  if (!(x > 0)) return NaN;
  let exponent = (bits >> 23) - 126;
  const mantissa = half((bits & 0x7fffff) | 0x3f000000);
  const low = mantissa < SQRT_HALF;
  exponent = low ? exponent - 1 : exponent;
  const m = f(f(mantissa + (low ? mantissa : 0)) - 1);
  const z = f(m * m);
  let y = f(f(logSeries(m) * m) * z);
  y = f(y + f(exponent * LN2_LOW));
  y = f(y - f(0.5 * z));
  return f(f(m + y) + f(exponent * LN2_HIGH));
}

const TANH_LIMIT = f(7.90531110763549805);
const N6 = f(-2.76076847742355e-16);
const N5 = f(2.00018790482477e-13);
const N4 = f(-8.60467152213735e-11);
const N3 = f(5.12229709037114e-8);
const N2 = f(1.48572235717979e-5);
const N1 = f(6.37261928875436e-4);
const N0 = f(4.89352455891786e-3);
const D3 = f(1.19825839466702e-6);
const D2 = f(1.18534705686654e-4);
const D1 = f(2.268434632439e-3);
const D0 = f(4.89352518554385e-3);

/** tanh in float32: a rational minimax approximation in x², ±1 beyond 7.9.
 * @source Eigen, generic_fast_tanh_float (coefficients)
 */
export function tanh32(value: number): number {
  let x = value < -TANH_LIMIT ? -TANH_LIMIT : value;
  x = x > TANH_LIMIT ? TANH_LIMIT : x;
  const s = f(x * x);
  let p = f(f(s * N6) + N5);
  p = f(f(p * s) + N4);
  p = f(f(p * s) + N3);
  p = f(f(p * s) + N2);
  p = f(f(p * s) + N1);
  p = f(f(p * s) + N0);
  let q = f(f(s * D3) + D2);
  q = f(f(q * s) + D1);
  q = f(f(q * s) + D0);
  return f(f(p * x) / q);
}

/** 1 / (1 + e^-x) in float32, through tanh. */
export const sigmoid32 = (x: number): number => f(f(tanh32(f(x * 0.5)) * 0.5) + 0.5);
