/** Real numbers as integers mod 2³², so that masked sums are exact.
 * @formula x ↦ round(x s) mod 2³², s = 2^bits
 * @shape   values (d); result (d)
 * @pitfall the *sum* must stay within ±2³¹/s: with n members each |x| may be at most 2³¹/(s n)
 */
export function toFixedPoint(values: ArrayLike<number>, scale: number, members: number): Uint32Array {
  const limit = (2 ** 31 - 1) / members;
  return Uint32Array.from(values, (value) => {
    const scaled = Math.round(value * scale);
    if (!(Math.abs(scaled) <= limit))
      throw new RangeError(`${value} does not fit: at most ${limit / scale} for ${members} members`);
    return scaled;
  });
}

/** The real numbers behind a sum of fixed-point integers. */
export const fromFixedPoint = (words: Uint32Array, scale: number): Float64Array =>
  Float64Array.from(words, (word) => (word | 0) / scale);
