import { toFixedPoint } from '../core/privacy/fixed-point.js';
import { mask, wordRing } from '../core/privacy/masks.js';
import { agreed, keyBytes, keyPair, type KeyPair } from '../core/privacy/secure/agreement.js';
import { derive } from '../core/privacy/secure/derive.js';
import { maskPair, ownMask, pairwiseMask } from '../core/privacy/secure/masking.js';
import { opened, seal } from '../core/privacy/secure/sealing.js';
import { seedBytes, seedShares, shareBytes } from '../core/privacy/secure/seed-shares.js';
import { parcelBytes, publicBytes } from '../core/privacy/secure/sizes.js';
import type { Circle } from '../core/protocol.js';

/** What a member makes a round's masks of. Everything follows from its host's secret, so that a host which hears a
 * message again says the same again. */
export interface Member {
  readonly id: string;
  readonly round: number;
  /** Agrees on keys that seal shares. */
  readonly sealing: KeyPair;
  /** Agrees on pairwise masks; its seed is shared out in case the member drops out. */
  readonly masking: KeyPair;
  readonly maskingSeed: Uint8Array;
  /** Seed of the mask that is its own, shared out in case it does not. */
  readonly ownSeed: Uint8Array;
  readonly derived: (purpose: string, bytes: number) => Uint8Array;
}

/** A member of a round's circles.
 * @source Bonawitz et al. 2017, CCS: pairwise masks, and a mask of its own against late messages
 */
export function memberOf(secret: Uint8Array, id: string, round: number): Member {
  const derived = (purpose: string, bytes: number): Uint8Array =>
    derive(secret, `${purpose} ${round} ${id}`, bytes);
  const maskingSeed = derived('masking', seedBytes);
  return {
    id,
    round,
    sealing: keyPair(derived('sealing', keyBytes)),
    masking: maskPair(maskingSeed),
    maskingSeed,
    ownSeed: derived('own mask', seedBytes),
    derived,
  };
}

/** Its public keys, as they go out. */
export const publicKeysOf = ({ sealing, masking }: Member): Uint8Array =>
  Uint8Array.of(...sealing.publicKey, ...masking.publicKey);

/** A circle with its members' public keys. */
export interface OpenCircle extends Circle {
  readonly publicKeys: Uint8Array;
}

const sealingKey = ({ publicKeys }: OpenCircle, place: number): Uint8Array =>
  publicKeys.subarray(place * publicBytes, place * publicBytes + keyBytes);
const maskingKey = ({ publicKeys }: OpenCircle, place: number): Uint8Array =>
  publicKeys.subarray(place * publicBytes + keyBytes, (place + 1) * publicBytes);

const parcelPurpose = (round: number, from: string, to: string): string => `shares ${round} ${from} ${to}`;

/** Shares of one of a member's seeds for some places of its circle. */
const sharesOf = (
  member: Member,
  name: 'maskingSeed' | 'ownSeed',
  { threshold }: Circle,
  places: readonly number[],
): Uint8Array[] => seedShares(member[name], member.derived(`polynomials of ${name}`, 32), threshold, places);

/** Shares of both seeds for every other place of the circle, sealed for it. */
export function parcelsFor(member: Member, circle: OpenCircle): Uint8Array {
  const { learners } = circle;
  const places = learners.map((_, place) => place);
  const [masking, own] = [
    sharesOf(member, 'maskingSeed', circle, places),
    sharesOf(member, 'ownSeed', circle, places),
  ];
  const parcels = new Uint8Array(learners.length * parcelBytes);
  learners.forEach((to, place) => {
    if (to === member.id) return;
    const both = Uint8Array.of(...masking[place]!, ...own[place]!);
    const secret = agreed(member.sealing, sealingKey(circle, place));
    parcels.set(seal(secret, parcelPurpose(member.round, member.id, to), both), place * parcelBytes);
  });
  return parcels;
}

/** An update that could not be put behind masks. */
export class CannotHide extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'CannotHide';
  }
}

/** Numbers behind the masks of a circle: words that say nothing without the others'.
 * @formula y_i = ⌊s x_i⌉ + m_i + Σ_{j>i} m_ij − Σ_{j<i} m_ij (mod 2³²)
 * @throws {CannotHide} where a number is out of range, whose sum would wrap round
 */
export function hidden(
  member: Member,
  circle: OpenCircle,
  present: Uint8Array,
  numbers: ArrayLike<number>,
  scale: number,
): Int32Array {
  const { id, round, masking, ownSeed } = member;
  const place = circle.learners.indexOf(id);
  const limit = (2 ** 31 - 1) / circle.learners.length / scale;
  for (let j = 0; j < numbers.length; j++)
    if (!(Math.abs(numbers[j]!) <= limit))
      throw new CannotHide('its update is out of the range of secure aggregation');
  const words = toFixedPoint(numbers, scale, circle.learners.length);
  wordRing.add(words, ownMask(ownSeed, round, words.length));
  const others = circle.learners.flatMap((_, other) => (other !== place && present[other] ? [other] : []));
  const masks = others.map(
    (other) => [other, pairwiseMask(masking, maskingKey(circle, other), round, words.length)] as const,
  );
  mask(wordRing, words, place, new Map(masks));
  return new Int32Array(words.buffer);
}

/** The shares by which a sum is uncovered: of the own seed of everybody whose update arrived, itself among them, and of
 * the masking seed of those who shared and did not deliver.
 * @param stage of each place: 0 shared nothing, 1 dropped out, 2 delivered
 */
export function sharesFrom(
  member: Member,
  circle: OpenCircle,
  stage: Uint8Array,
  parcels: Uint8Array,
): Uint8Array {
  const shares = new Uint8Array(circle.learners.length * shareBytes);
  circle.learners.forEach((from, place) => {
    if (from === member.id)
      return shares.set(sharesOf(member, 'ownSeed', circle, [place])[0]!, place * shareBytes);
    if (stage[place] === 0) return;
    const secret = agreed(member.sealing, sealingKey(circle, place));
    const sealed = parcels.subarray(place * parcelBytes, (place + 1) * parcelBytes);
    const both = opened(secret, parcelPurpose(member.round, from, member.id), sealed);
    if (!both) return;
    const part = stage[place] === 1 ? both.subarray(0, shareBytes) : both.subarray(shareBytes);
    shares.set(part, place * shareBytes);
  });
  return shares;
}
