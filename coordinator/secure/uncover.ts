import { fromFixedPoint } from '../../core/privacy/fixed-point.js';
import { unmask, wordRing } from '../../core/privacy/masks.js';
import { maskPair, ownMask, pairwiseMask } from '../../core/privacy/secure/masking.js';
import { keyBytes } from '../../core/privacy/secure/agreement.js';
import { seedOf, shareBytes } from '../../core/privacy/secure/seed-shares.js';
import { publicBytes } from '../../core/privacy/secure/sizes.js';
import { shamirWeights } from '../../core/privacy/shamir.js';
import type { Revealed } from '../../core/protocol.js';
import type { Contribution } from '../round/contribution.js';
import type { RoundCircle } from './circle.js';

/** How far each member came: 0 shared nothing, 1 shared and did not deliver, 2 delivered. */
export function stageOf({ learners, parcels }: RoundCircle, delivered: ReadonlySet<string>): number[] {
  return learners.map((id) => (parcels.has(id) ? (delivered.has(id) ? 2 : 1) : 0));
}

/** Shares that a circle's members revealed, by who did. */
function revealedIn({ learners }: RoundCircle, replies: readonly Revealed[]): [number, Uint8Array][] {
  const found: [number, Uint8Array][] = [];
  for (const { learners: from, shares, sizes } of replies)
    from.reduce((at, id, i) => {
      const place = learners.indexOf(id);
      if (place >= 0) found.push([place, shares.subarray(at, at + sizes[i]!)]);
      return at + sizes[i]!;
    }, 0);
  return found.sort(([a], [b]) => a - b);
}

/** The seed of a place, from the first shares of it that suffice; undefined where too few were revealed. */
function recovered(
  { threshold }: RoundCircle,
  revealed: readonly (readonly [number, Uint8Array])[],
  place: number,
  weightsOf: (places: readonly number[]) => bigint[],
): Uint8Array | undefined {
  const shares = revealed
    .map(([from, all]) => [from, all.subarray(place * shareBytes, (place + 1) * shareBytes)] as const)
    .filter(([, share]) => share.some((byte) => byte !== 0))
    .slice(0, threshold);
  if (shares.length < threshold) return undefined;
  return seedOf(
    shares.map(([, share]) => share),
    weightsOf(shares.map(([from]) => from)),
  );
}

/** Weights of Shamir shares by the places they are from, each set once. */
function remembered(): (places: readonly number[]) => bigint[] {
  const known = new Map<string, bigint[]>();
  return (places) => {
    const key = String(places);
    const weights = known.get(key) ?? shamirWeights(places.map((place) => BigInt(place + 1)));
    known.set(key, weights);
    return weights;
  };
}

const maskingKey = ({ publicKeys }: RoundCircle, place: number): Uint8Array =>
  publicKeys.subarray(place * publicBytes + keyBytes, (place + 1) * publicBytes);

/** The sum of what a circle's members sent, out from behind the masks: exact, whoever dropped out.
 * @formula Σ_delivered y_i − Σ_delivered m_i ∓ Σ_dropped Σ_delivered m_ij (mod 2³²), over the scale
 * @returns undefined where too few revealed their shares, or shares are of no seed
 */
export function uncovered(
  circle: RoundCircle,
  stage: readonly number[],
  contributions: readonly Contribution[],
  replies: readonly Revealed[],
  round: number,
): Float64Array | undefined {
  const revealed = revealedIn(circle, replies);
  const weightsOf = remembered();
  const places = circle.learners.map((_, place) => place);
  const [survivors, dropped] = [2, 1].map((s) => places.filter((place) => stage[place] === s));
  const words = contributions[0]!.masked!.length;
  const sum = new Uint32Array(words);
  for (const { masked } of contributions) wordRing.add(sum, masked!);
  for (const place of survivors!) {
    const seed = recovered(circle, revealed, place, weightsOf);
    if (!seed) return undefined;
    wordRing.subtract(sum, ownMask(seed, round, words));
  }
  for (const place of dropped!) {
    const seed = recovered(circle, revealed, place, weightsOf);
    if (!seed) return undefined;
    const pair = maskPair(seed);
    if (Buffer.compare(pair.publicKey, maskingKey(circle, place)) !== 0) return undefined;
    for (const survivor of survivors!) {
      const shared = pairwiseMask(pair, maskingKey(circle, survivor), round, words);
      unmask(wordRing, sum, survivor, new Map([[place, shared]]));
    }
  }
  return fromFixedPoint(sum, circle.scale);
}
