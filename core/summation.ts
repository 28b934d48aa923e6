/** Length of the blocks in which long sums are taken: the bits of a sum then do not depend on how hosts share the work. */
export const BLOCK = 64;

/** Sum, left to right. */
export function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i += 1) total += values[i]!;
  return total;
}

/** Sum by fixed blocks of 64: the sum of the blocks' own sums, both left to right. */
export function blockSum(values: ArrayLike<number>): number {
  let total = 0;
  for (let start = 0; start < values.length; start += BLOCK) {
    const end = Math.min(start + BLOCK, values.length);
    let part = 0;
    for (let i = start; i < end; i += 1) part += values[i]!;
    total += part;
  }
  return total;
}

/** Inner product, left to right. @pitfall the arrays must be of one length: it throws otherwise */
export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new RangeError(`dot: lengths ${a.length} and ${b.length} differ`);
  let total = 0;
  for (let i = 0; i < a.length; i += 1) total += a[i]! * b[i]!;
  return total;
}
