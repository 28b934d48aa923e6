// Range reduction and kernels after fdlibm (Sun Microsystems, 1993); portable: only + - * / and bit casts.
import { normalised, productError, sumError, times, type DoubleDouble } from './double-double.js';
import { centred, centredExponent, powerOfTwo } from './float-bits.js';
import { polynomial } from './polynomial.js';

/** 2^-54: half an ulp of 1. */
const NEGLIGIBLE = 5.551115123125783e-17;
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

/** log(1 + f) - f + f^2/2, divided into what a caller needs: s (f^2/2 + R) with s = f / (2 + f). */
function correction(f: number, halfSquare: number): number {
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const odd =
    z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605101187)));
  return s * (halfSquare + (odd + even));
}

/** Natural logarithm, within 1 ulp.
 * @range  log(0) = -Infinity; NaN below 0
 * @source fdlibm e_log.c (method and coefficients)
 */
export function log(x: number): number {
  if (!(x > 0 && x < Infinity)) return limit(x);
  const { mantissa, exponent: k } = centred(x);
  const f = mantissa - 1;
  const halfSquare = 0.5 * f * f;
  if (k === 0) return f - (halfSquare - correction(f, halfSquare));
  return k * LN2_HIGH - (halfSquare - (correction(f, halfSquare) + k * LN2_LOW) - f);
}

/** log(1 + x) without cancellation near 0, within 2 ulp.
 * @range  log1p(-1) = -Infinity; NaN below -1
 * @source fdlibm s_log1p.c (method)
 */
export function log1p(x: number): number {
  if (!(x > -1 && x < Infinity)) return limit(1 + x);
  if (Math.abs(x) < NEGLIGIBLE) return x;
  const u = 1 + x;
  const k = centredExponent(u);
  if (k === 0 && x > -0.29 && x < 0.42) return kernelNearZero(x);
  // What rounding 1 + x lost, relative to u.
  const lost = (u - 1 > x ? 1 - (u - x) : x - (u - 1)) / u;
  const f = u * powerOfTwo(-k) - 1;
  const halfSquare = 0.5 * f * f;
  return k * LN2_HIGH - (halfSquare - (correction(f, halfSquare) + (k * LN2_LOW + lost)) - f);
}

function kernelNearZero(f: number): number {
  const halfSquare = 0.5 * f * f;
  return f - (halfSquare - correction(f, halfSquare));
}

/** Logarithms of what is not a positive finite number. */
function limit(x: number): number {
  if (x === 0) return -Infinity;
  return x === Infinity ? Infinity : NaN;
}

const LN2: DoubleDouble = { high: 0.6931471805599453, low: 2.3190468138462996e-17 };
const INVERSE_LN2: DoubleDouble = { high: 1.4426950408889634, low: 2.0355273740931033e-17 };
const INVERSE_LN10: DoubleDouble = { high: 0.4342944819032518, low: 1.098319650216765e-17 };
const TWO_THIRDS: DoubleDouble = { high: 0.6666666666666666, low: 3.700743415417188e-17 };
/** 2/5, 2/7, ... 2/31: the series of 2 atanh(s) past its cubic term, in s^2. */
const ATANH_TAIL = Array.from({ length: 14 }, (_, i) => 2 / (2 * i + 5));

/** log(m) for m in [sqrt(1/2), sqrt(2)) to about 65 bits.
 * @formula 2 atanh(s) = 2s + s^3 (2/3 + s^2 (2/5 + s^2 (2/7 + ...))), s = (m - 1) / (m + 1)
 */
function logMantissa(m: number): DoubleDouble {
  const top = m - 1;
  const bottom = m + 1;
  const s = top / bottom;
  const back = s * bottom;
  const restOfTop = top - back - productError(s, bottom, back);
  const sLow = (restOfTop - s * sumError(m, 1, bottom)) / bottom;
  const square = s * s;
  const squareLow = productError(s, s, square) + 2 * s * sLow;
  // Past the cubic the terms are so small that float64 carries all the bits that count.
  const tail = square * polynomial(ATANH_TAIL, square);
  const factor = TWO_THIRDS.high + tail;
  const factorLow = tail - (factor - TWO_THIRDS.high) + TWO_THIRDS.low;
  const cube = s * square;
  const cubeLow = productError(s, square, cube) + (s * squareLow + sLow * square);
  const cubic = cube * factor;
  const cubicLow = productError(cube, factor, cubic) + (cube * factorLow + cubeLow * factor);
  const high = 2 * s + cubic;
  return normalised(high, cubic - (high - 2 * s) + (2 * sLow + cubicLow));
}

/** A double-double (its parts given) plus another. */
function plus(whole: number, wholeLow: number, fraction: DoubleDouble): DoubleDouble {
  const high = whole + fraction.high;
  return normalised(high, sumError(whole, fraction.high, high) + (wholeLow + fraction.low));
}

/** log(x) to about 65 bits, x positive and finite: what pow needs. */
export function logDoubleDouble(x: number): DoubleDouble {
  const { mantissa, exponent } = centred(x);
  const whole = exponent * LN2.high;
  const wholeLow = productError(exponent, LN2.high, whole) + exponent * LN2.low;
  return plus(whole, wholeLow, logMantissa(mantissa));
}

/** Logarithm to base 2; exact for powers of two. */
export function log2(x: number): number {
  if (!(x > 0 && x < Infinity)) return limit(x);
  const { mantissa, exponent } = centred(x);
  return plus(exponent, 0, times(logMantissa(mantissa), INVERSE_LN2)).high;
}

/** Logarithm to base 10; exact for powers of ten. */
export function log10(x: number): number {
  return x > 0 && x < Infinity ? times(logDoubleDouble(x), INVERSE_LN10).high : limit(x);
}
