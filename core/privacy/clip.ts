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
  const norm = Math.sqrt(dot(update, update));
  const factor = norm > bound ? bound / norm : 1;
  return { norm, clipped: Float64Array.from(update, (value) => value * factor) };
}
