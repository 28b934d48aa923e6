import { agreed, keyPair, type KeyPair } from './agreement.js';
import { derive, maskWords } from './derive.js';

/** The pair whose agreements make pairwise masks, from the seed that is shared out in case its owner drops out. */
export const maskPair = (seed: Uint8Array): KeyPair => keyPair(derive(seed, 'pairwise masks', 32));

/** Words that two members have in common in a round: the same from either side. */
export const pairwiseMask = (pair: KeyPair, other: Uint8Array, round: number, words: number): Uint32Array =>
  maskWords(agreed(pair, other), `pairwise mask ${round}`, words);

/** Words that a member alone knows, until enough others give its seed away because its update arrived. */
export const ownMask = (seed: Uint8Array, round: number, words: number): Uint32Array =>
  maskWords(seed, `own mask ${round}`, words);

/** Multiples of 1/scale that sums of so many numbers within a range can be told in: the largest power of two.
 * @formula s = 2^⌊log₂((2³¹ − 1)/(n r))⌋
 */
export function scaleFor(members: number, range: number): number {
  let scale = 1;
  const most = (2 ** 31 - 1) / (members * range);
  while (2 * scale <= most) scale *= 2;
  while (scale > most) scale /= 2;
  return scale;
}
