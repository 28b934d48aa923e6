// One scratch cell for bit casts: written and read back within a call, so it carries nothing between calls.
// A DataView with a stated byte order (not overlaid arrays) keeps the word order the same on every machine.
const cell = new DataView(new ArrayBuffer(8));

const LEAST_EXPONENT = -1074;
/** 2^k from the least subnormal up: a load is several times faster than composing the bits. */
const POWERS = powersOfTwo();

function powersOfTwo(): Float64Array {
  const powers = new Float64Array(1023 - LEAST_EXPONENT + 1);
  powers[0] = Number.MIN_VALUE;
  for (let i = 1; i < powers.length; i += 1) powers[i] = 2 * powers[i - 1]!;
  return powers;
}

/** The upper 32 bits of a float64, signed: sign, exponent and the first 20 bits of the fraction. */
function highWord(x: number): number {
  cell.setFloat64(0, x, true);
  return cell.getInt32(4, true);
}

/** 2^k for -1074 <= k <= 1023. */
export function powerOfTwo(k: number): number {
  return POWERS[k - LEAST_EXPONENT]!;
}

/** x 2^k, rounded once even where the result is subnormal; k any integer. */
export function scaleByPowerOfTwo(x: number, k: number): number {
  return k > 1023 || k < -1022 ? scaledFar(x, k) : x * powerOfTwo(k);
}

function scaledFar(x: number, k: number): number {
  if (k > 1023) {
    const scaled = x * powerOfTwo(1023);
    return k > 2046
      ? scaled * powerOfTwo(1023) * powerOfTwo(Math.min(k - 2046, 1023))
      : scaled * powerOfTwo(k - 1023);
  }
  // Steps of 2^-969 stay normal, so that only the last product can round.
  const scaled = x * powerOfTwo(-969);
  return k < -1991
    ? scaled * powerOfTwo(-969) * powerOfTwo(Math.max(k + 1938, -1022))
    : scaled * powerOfTwo(k + 969);
}

/** The exponent k for which x 2^-k lies in about [sqrt(1/2), sqrt(2)); x positive, finite and normal. */
export function centredExponent(x: number): number {
  const high = highWord(x);
  // 0x6a09e is the fraction of sqrt(2) to 20 bits.
  return (high >> 20) - 1023 + ((high & 0xfffff) > 0x6a09e ? 1 : 0);
}

/** x = mantissa 2^exponent. */
export interface Centred {
  readonly mantissa: number;
  readonly exponent: number;
}

/** A positive finite number, subnormal or not, as mantissa in about [sqrt(1/2), sqrt(2)) and exponent. */
export function centred(x: number): Centred {
  const lift = x < 2.2250738585072014e-308 ? 54 : 0;
  const lifted = x * powerOfTwo(lift);
  const exponent = centredExponent(lifted);
  return { mantissa: lifted * powerOfTwo(-exponent), exponent: exponent - lift };
}
