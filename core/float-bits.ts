// One scratch cell for bit casts: written and read back within a call, so it carries nothing between calls.
// A DataView (not overlaid arrays) keeps the word order the same on every machine.
const cell = new DataView(new ArrayBuffer(8));

/** The upper 32 bits of a float64, signed: sign, exponent and the first 20 bits of the fraction. */
export function highWord(x: number): number {
  cell.setFloat64(0, x);
  return cell.getInt32(0);
}

/** The same number with its upper 32 bits replaced. */
export function withHighWord(x: number, high: number): number {
  cell.setFloat64(0, x);
  cell.setInt32(0, high);
  return cell.getFloat64(0);
}

/** The number with its lower 32 bits cleared: its square is then exact. */
export function withoutLowWord(x: number): number {
  cell.setFloat64(0, x);
  cell.setInt32(4, 0);
  return cell.getFloat64(0);
}

/** 2^k for -1022 <= k <= 1023. */
export function powerOfTwo(k: number): number {
  cell.setInt32(0, (k + 1023) << 20);
  cell.setInt32(4, 0);
  return cell.getFloat64(0);
}

/** x 2^k, rounded once even where the result is subnormal; k any integer. */
export function scaleByPowerOfTwo(x: number, k: number): number {
  if (k > 1023) {
    const scaled = x * powerOfTwo(1023);
    return k > 2046
      ? scaled * powerOfTwo(1023) * powerOfTwo(Math.min(k - 2046, 1023))
      : scaled * powerOfTwo(k - 1023);
  }
  if (k < -1022) {
    // Steps of 2^-969 stay normal, so that only the last product can round.
    const scaled = x * powerOfTwo(-969);
    return k < -1991
      ? scaled * powerOfTwo(-969) * powerOfTwo(Math.max(k + 1938, -1022))
      : scaled * powerOfTwo(k + 969);
  }
  return x * powerOfTwo(k);
}

/** The exponent k for which x 2^-k lies in [sqrt(1/2), sqrt(2)); x positive and finite. */
export function centredExponent(x: number): number {
  if (x < 2.2250738585072014e-308) return centredExponent(x * 18014398509481984) - 54;
  const high = highWord(x);
  const exponent = (high >> 20) - 1023;
  // 0x6a09e is the fraction of sqrt(2) to 20 bits.
  return (high & 0xfffff) > 0x6a09e ? exponent + 1 : exponent;
}
