import type { Brief } from '../core/protocol.js';
import { stream } from '../core/random.js';
import type { Cohort } from './learning/cohort.js';

/** First parameters: a draw in common and a draw of one's own, at constant variance.
 * @formula w₀ = √s · w_common + √(1 − s) · w_own
 *
 * Without a `name` it is the common draw itself: where the federation's model begins. */
export function firstParameters(
  brief: Brief,
  cohort: Cohort,
  architecture: number,
  slot: number,
  name: string | undefined,
): Float32Array {
  const draw = (purpose: string, entity: string): Float32Array => {
    cohort.initialise(slot, stream({ seed: brief.seed, purpose, entity }));
    return cohort.parameters(slot);
  };
  const kind = `${architecture}.${brief.architectures[architecture]!.name}`;
  const common = draw('common-initialisation', kind);
  const share = brief.homogeneity.initialisation;
  if (name === undefined || share === 1) return common;
  const own = draw('own-initialisation', name);
  // An entry that is the same in both draws is no draw: an open gate, a gain of 1.
  return common.map((w, j) => (w === own[j]! ? w : Math.sqrt(share) * w + Math.sqrt(1 - share) * own[j]!));
}
