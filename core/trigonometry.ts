// Kernels after fdlibm (Sun Microsystems, 1993); portable: only + - * /, bit casts and exact integers.
import { normalised, sumError, type DoubleDouble } from './double-double.js';
import { scaleByPowerOfTwo } from './float-bits.js';

/** 2^-27: below it the square is lost. */
const TINY = 7.450580596923828e-9;

/** Which quarter turn (0..3) an angle falls in, and the angle that is left, at most about pi/4 in size. */
interface Reduced {
  readonly quarter: number;
  readonly angle: DoubleDouble;
}

// pi/2 in parts of 33 bits, so that a multiple below 2^20 of each is exact.
const HALF_PI_1 = 1.5707963267341256;
const HALF_PI_2 = 6.077100506303966e-11;
const HALF_PI_3 = 2.0222662487111665e-21;
const HALF_PI_4 = 8.4784276603689e-32;
const LARGEST_BY_PARTS = 1e6;

/** pi/2 times 2^1200: with the widest float64 the quotient's error stays below 2^-170. */
const HALF_PI_BITS = 1200n;
const HALF_PI_SCALED = BigInt(
  '0x1921fb54442d18469898cc51701b839a252049c1114cf98e804177d4c76273644a29410f31c6809bbdf2a33679a748636605614dbe4be286e9fc26' +
    'adadaa3848bc90b6aecc4bcfd8de89885d34c6fdad617feb96de80d6fdbdc70d7f6b5133f4b5d3e4822f8963fcc9250cca3d9c8b67b8400f97142c' +
    '77e0b31b4906c38aba734d22c7f51fa499ebf06caba47b9475b2c38c5e6ac410a',
);

function reduce(x: number): Reduced {
  if (Math.abs(x) <= 0.7853981633974483) return { quarter: 0, angle: { high: x, low: 0 } };
  if (Math.abs(x) > LARGEST_BY_PARTS) return reduceExactly(x);
  const n = Math.round(x * 0.6366197723675814);
  const first = x - n * HALF_PI_1;
  const second = first - n * HALF_PI_2;
  const third = second - n * HALF_PI_3;
  const lost = sumError(first, -n * HALF_PI_2, second) + sumError(second, -n * HALF_PI_3, third);
  const angle = normalised(third, lost - n * HALF_PI_4);
  return { quarter: n & 3, angle };
}

/** Long division by pi/2 in integers: slow, exact, and needed only for angles of a million and more. */
function reduceExactly(x: number): Reduced {
  const size = Math.abs(x);
  const whole = Math.floor(size);
  // Above a million a float64 has at most 33 bits after the point.
  const fraction = BigInt((size - whole) * 2 ** 33) << (HALF_PI_BITS - 33n);
  const scaled = (BigInt(whole) << HALF_PI_BITS) + fraction;
  let quotient = scaled / HALF_PI_SCALED;
  let rest = scaled % HALF_PI_SCALED;
  if (rest * 2n > HALF_PI_SCALED) {
    quotient += 1n;
    rest -= HALF_PI_SCALED;
  }
  const sign = x < 0 ? -1 : 1;
  const high = Number(rest >> 1000n);
  const low = Number((rest - (BigInt(high) << 1000n)) >> 900n);
  const angle = {
    high: sign * scaleByPowerOfTwo(high, -200),
    low: sign * scaleByPowerOfTwo(low, -300),
  };
  return { quarter: Number(BigInt.asUintN(2, BigInt(sign) * quotient)), angle };
}

function sineKernel({ high: x, low }: DoubleDouble): number {
  const z = x * x;
  const v = z * x;
  const r =
    0.00833333333332249 +
    z *
      (-0.0001984126982985795 +
        z * (2.7557313707070068e-6 + z * (-2.5050760253406863e-8 + z * 1.58969099521155e-10)));
  return x - (z * (0.5 * low - v * r) - low - v * -0.16666666666666632);
}

function cosineKernel({ high: x, low }: DoubleDouble): number {
  const z = x * x;
  const r =
    z *
    (0.0416666666666666 +
      z *
        (-0.001388888888887411 +
          z *
            (2.480158728947673e-5 +
              z * (-2.7557314351390663e-7 + z * (2.087572321298175e-9 + z * -1.1359647557788195e-11)))));
  const half = 0.5 * z;
  const w = 1 - half;
  return w + (1 - w - half + (z * r - x * low));
}

/** Sine of an angle in radians, within 1 ulp for every finite angle. @range [-1, 1]; NaN for infinities */
export function sin(x: number): number {
  if (!Number.isFinite(x)) return NaN;
  if (Math.abs(x) < TINY) return x;
  const { quarter, angle } = reduce(x);
  const value = quarter % 2 === 0 ? sineKernel(angle) : cosineKernel(angle);
  return quarter < 2 ? value : -value;
}

/** Cosine of an angle in radians, within 1 ulp for every finite angle. @range [-1, 1]; NaN for infinities */
export function cos(x: number): number {
  if (!Number.isFinite(x)) return NaN;
  const { quarter, angle } = reduce(x);
  const value = quarter % 2 === 0 ? cosineKernel(angle) : sineKernel(angle);
  return quarter === 1 || quarter === 2 ? -value : value;
}
