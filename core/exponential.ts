// Range reduction and rational kernels after fdlibm (Sun Microsystems, 1993), which fixes every bit:
// only + - * / and bit casts are used, so all engines agree.
import { productError } from './double-double.js';
import { scaleByPowerOfTwo } from './float-bits.js';

const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const INVERSE_LN2 = 1.4426950408889634;
/** 2^-28: below it the square is lost. */
const TINY = 3.725290298461914e-9;
/** 2^-54: half an ulp of 1. */
const NEGLIGIBLE = 5.551115123125783e-17;
const OVERFLOW = 709.782712893384;
const UNDERFLOW = -745.1332191019411;

/** exp(high + low) for |high| below about 0.35 + and a low part far smaller, times 2^k. */
function expKernel(high: number, low: number, k: number): number {
  const x = high + low;
  const t = x * x;
  const c =
    x -
    t *
      (0.16666666666666602 +
        t *
          (-0.0027777777777015593 +
            t * (6.613756321437934e-5 + t * (-1.6533902205465252e-6 + t * 4.1381367970572385e-8))));
  const y = 1 - (-low - (x * c) / (2 - c) - high);
  return k === 0 ? y : scaleByPowerOfTwo(y, k);
}

/** e^x, within 1 ulp.
 * @range  [0, Infinity]; overflows above 709.78, underflows to 0 below -745.13
 * @source fdlibm e_exp.c (method and coefficients)
 */
export function exp(x: number): number {
  if (x !== x) return NaN;
  if (x > OVERFLOW) return Infinity;
  if (x < UNDERFLOW) return 0;
  const size = Math.abs(x);
  if (size < TINY) return 1 + x;
  if (size <= 0.34657359027997264) return expKernel(x, 0, 0);
  const k = Math.floor(INVERSE_LN2 * x + 0.5);
  return expKernel(x - k * LN2_HIGH, -k * LN2_LOW, k);
}

const LN2 = 0.6931471805599453;
const LN2_REST = 2.3190468138462996e-17;

/** e^(high + low), within 1 ulp, where |low| is an ulp or so of high and -746 <= high <= 710. */
export function expSum(high: number, low: number): number {
  const k = Math.round(high * INVERSE_LN2);
  const shift = k * LN2;
  return expKernel(high - shift, low - productError(k, LN2, shift) - k * LN2_REST, k);
}

/** e^x - 1 without cancellation near 0, within 1 ulp.
 * @range  [-1, Infinity]
 * @source fdlibm s_expm1.c (method and coefficients)
 */
export function expm1(x: number): number {
  if (x !== x) return NaN;
  if (x > OVERFLOW) return Infinity;
  if (x < -40) return -1;
  if (Math.abs(x) < NEGLIGIBLE) return x;
  if (Math.abs(x) <= 0.34657359027997264) return expm1Kernel(x, 0, 0);
  const k = Math.floor(INVERSE_LN2 * x + 0.5);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const reduced = high - low;
  return expm1Kernel(reduced, high - reduced - low, k);
}

/** 2^k e^(x + c) - 1 for a reduced x and the rounding error c that the reduction left. */
function expm1Kernel(x: number, c: number, k: number): number {
  const half = 0.5 * x;
  const hxs = x * half;
  const r1 =
    1 +
    hxs *
      (-0.03333333333333313 +
        hxs *
          (0.0015873015872548146 +
            hxs * (-7.93650757867488e-5 + hxs * (4.008217827329362e-6 + hxs * -2.0109921818362437e-7))));
  const t = 3 - r1 * half;
  const ratio = hxs * ((r1 - t) / (6 - x * t));
  if (k === 0) return x - (x * ratio - hxs);
  const e = x * (ratio - c) - c - hxs;
  return scaledMinusOne(x, e, k);
}

/** 2^k (1 + x - e) - 1, with the subtraction placed where it costs no bits. */
function scaledMinusOne(x: number, e: number, k: number): number {
  if (k === -1) return 0.5 * (x - e) - 0.5;
  if (k === 1) return x < -0.25 ? -2 * (e - (x + 0.5)) : 1 + 2 * (x - e);
  if (k <= -2 || k > 56) return scaleByPowerOfTwo(1 - (e - x), k) - 1;
  const unit = scaleByPowerOfTwo(1, -k);
  return k < 20 ? scaleByPowerOfTwo(1 - unit - (e - x), k) : scaleByPowerOfTwo(x - (e + unit) + 1, k);
}

/** Hyperbolic tangent, within 2 ulp. @range [-1, 1] */
export function tanh(x: number): number {
  if (x !== x) return NaN;
  const size = Math.abs(x);
  if (size < TINY) return x;
  if (size > 22) return x > 0 ? 1 : -1;
  if (size >= 1) return Math.sign(x) * (1 - 2 / (expm1(2 * size) + 2));
  const t = expm1(-2 * size);
  return Math.sign(x) * (-t / (t + 2));
}

/** Logistic function 1 / (1 + e^-x), accurate in both tails. @range [0, 1] */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + exp(-x));
  const e = exp(x);
  return e / (1 + e);
}
