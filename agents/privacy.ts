import { clip } from '../core/privacy/clip.js';
import { addNoise } from '../core/privacy/noise.js';
import type { Brief, Train } from '../core/protocol.js';
import { stream } from '../core/random.js';

/** What an institution lets out of an update. */
export interface Bounded {
  readonly delta: Float32Array;
  /** 1 where the update was no longer than the bound, plus what noise the institution adds; undefined: not asked. */
  readonly within: number | undefined;
}

/** Shortens an update to the bound that the round asks for and adds the institution's part of the noise; row `i` of the
 * message is its own. The noise of a simulation is drawn at an address and no secret. */
export function bounded(
  { seed }: Brief,
  id: string,
  delta: Float32Array,
  { bounds, countNoise, round }: Train,
  i: number,
): Bounded {
  if (bounds.length === 0) return { delta, within: undefined };
  const [bound, stdDev] = [bounds[2 * i]!, bounds[2 * i + 1]!];
  const { norm, clipped } = clip(delta, bound);
  const draws = stream({ seed, purpose: 'own-privacy-noise', entity: id, round });
  const sent = stdDev > 0 ? addNoise(clipped, stdDev, () => draws.normal()) : clipped;
  const within =
    countNoise.length === 0 ? undefined : Number(norm <= bound) + countNoise[i]! * draws.normal();
  return { delta: Float32Array.from(sent), within };
}
