import { float64 } from '../../../core/slab.js';

/** Hands out zeroed arrays cut from one block: a small array of its own costs more than solving with it. */
export type Arena = (length: number) => Float64Array;

export function arena(capacity: number): Arena {
  const block = float64(capacity);
  let used = 0;
  return (length) => {
    if (used + length > capacity) return float64(length);
    used += length;
    return block.subarray(used - length, used);
  };
}
