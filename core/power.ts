import { productError, times, type DoubleDouble } from './double-double.js';
import { expSum } from './exponential.js';
import { centred, scaleByPowerOfTwo } from './float-bits.js';
import { logDoubleDouble } from './logarithm.js';

/** Integer powers up to this size are multiplied out, so that they are exact where a float64 can be. */
const LARGEST_MULTIPLIED = 1024;

/** x^y, within 1 ulp; exact for integer powers whose value is representable.
 * @range  as IEEE 754 pow and ECMAScript: pow(x, 0) = 1, NaN for negative x and non-integer y, NaN for |x| = 1 and infinite y
 * @source logarithm to about 65 bits (double-double), then the exponential kernel of fdlibm
 */
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  if (x !== x || y !== y) return NaN;
  if (y === 1) return x;
  if (Math.abs(y) === Infinity) return infinitePower(Math.abs(x), y);
  const negative = x < 0 || Object.is(x, -0);
  const sign = negative && Math.abs(y % 2) === 1 ? -1 : 1;
  const size = Math.abs(x);
  if (size === 0 || size === Infinity) return sign * ((size === 0) === y > 0 ? 0 : Infinity);
  if (negative && !Number.isInteger(y)) return NaN;
  return sign * positivePower(size, y);
}

function infinitePower(size: number, y: number): number {
  if (size === 1) return NaN;
  return size > 1 === y > 0 ? Infinity : 0;
}

function positivePower(x: number, y: number): number {
  if (x === 1) return 1;
  if (y === 0.5) return Math.sqrt(x);
  if (y === 2 && isNormal(x * x)) return x * x;
  if (Number.isInteger(y) && Math.abs(y) <= LARGEST_MULTIPLIED) return integerPower(x, y);
  const logarithm = logDoubleDouble(x);
  const estimate = y * logarithm.high;
  if (estimate > 710) return Infinity;
  if (estimate < -746) return 0;
  return expSum(estimate, productError(y, logarithm.high, estimate) + y * logarithm.low);
}

/** Neither subnormal, where it would be rounded twice, nor infinite. */
const isNormal = (x: number): boolean => x > 2.2250738585072014e-308 && x < Infinity;

/** By repeated squaring of the mantissa, with twice the working precision. */
function integerPower(x: number, y: number): number {
  const { mantissa, exponent } = centred(x);
  let base: DoubleDouble = { high: mantissa, low: 0 };
  let result: DoubleDouble = { high: 1, low: 0 };
  for (let rest = Math.abs(y); ; base = times(base, base)) {
    if (rest % 2 === 1) result = times(result, base);
    rest = Math.floor(rest / 2);
    if (rest === 0) break;
  }
  return scaleByPowerOfTwo(y > 0 ? result.high : reciprocal(result), exponent * y);
}

function reciprocal(d: DoubleDouble): number {
  const first = 1 / d.high;
  const back = first * d.high;
  return first + first * (1 - back - productError(first, d.high, back) - first * d.low);
}
