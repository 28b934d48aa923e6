/** Short-lived arrays cut from a shared block: an array with a block of its own costs several times what is done
 * with a dozen numbers. Every array is zeroed and nobody else's, as if it had been made by `new`; its buffer is
 * shared, so it is not for messages that hand over buffers, nor for what outlives the day. */

const BLOCK_BYTES = 1 << 16;

interface Slab {
  block: ArrayBuffer;
  used: number;
}

const slab: Slab = { block: new ArrayBuffer(BLOCK_BYTES), used: 0 };

/** Where `bytes` zeroed bytes lie that nobody has had; large ones get a block of their own. */
function claim(bytes: number): number {
  const rounded = (bytes + 7) & ~7;
  if (slab.used + rounded > slab.block.byteLength) {
    slab.block = new ArrayBuffer(Math.max(BLOCK_BYTES, rounded));
    slab.used = 0;
  }
  slab.used += rounded;
  return slab.used - rounded;
}

/** Zeroed doubles, short-lived. */
export function float64(length: number): Float64Array {
  const at = claim(8 * length);
  return new Float64Array(slab.block, at, length);
}

/** Zeroed 32-bit integers, short-lived. */
export function int32(length: number): Int32Array {
  const at = claim(4 * length);
  return new Int32Array(slab.block, at, length);
}

/** Zeroed bytes, short-lived. */
export function uint8(length: number): Uint8Array {
  const at = claim(length);
  return new Uint8Array(slab.block, at, length);
}

/** The doubles f(0), f(1), …, short-lived. */
export function tabulate(length: number, valueAt: (i: number) => number): Float64Array {
  const values = float64(length);
  for (let i = 0; i < length; i++) values[i] = valueAt(i);
  return values;
}
