import { dot } from '../numeric.js';

export interface Clipped {
  /** Norm before clipping. */
  readonly norm: number;
  readonly clipped: Float64Array;
}

/** Shortens a vector to at most a given length, in the same direction.
 * @formula Δ · min(1, C/‖Δ‖₂)
 * @shape   Δ (d); result (d)
 * @range   ‖result‖ ≤ C up to rounding
 * @source  Abadi et al. 2016, CCS (arXiv 1607.00133)
 * @pitfall one norm over the whole update, not one a layer
 */
export function clip(update: ArrayLike<number>, bound: number): Clipped {
  const norm = lengthOf(update);
  const factor = factorFor(norm, bound);
  return { norm, clipped: Float64Array.from(update, (value) => value * factor) };
}

const lengthOf = (update: ArrayLike<number>): number => Math.sqrt(dot(update, update));

const factorFor = (norm: number, bound: number): number => (norm > bound ? bound / norm : 1);

/** Adds a vector, shortened to a bound, to a sum in place: what `clip` gives, without a vector in between. */
export function addClipped(sum: Float64Array, update: ArrayLike<number>, bound: number): void {
  const factor = factorFor(lengthOf(update), bound);
  for (let j = 0; j < sum.length; j++) sum[j] = sum[j]! + update[j]! * factor;
}
