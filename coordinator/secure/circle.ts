import { concatenatedBytes } from '../../core/concatenated.js';
import { scaleFor } from '../../core/privacy/secure/masking.js';
import { fewest, parcelBytes, publicBytes } from '../../core/privacy/secure/sizes.js';
import type { Circle, Keys, Sealed, Train } from '../../core/protocol.js';
import type { Federation } from '../federations.js';
import type { SecureOptions } from './secure-aggregation.js';

/** A federation's learners who hide their updates among each other in a round, as the coordinator knows them. */
export interface RoundCircle extends Circle {
  readonly federation: string;
  /** Members x 64 bytes. */
  readonly publicKeys: Uint8Array;
  /** What members sealed for others, by who sealed it: a parcel for every place. */
  readonly parcels: ReadonlyMap<string, Uint8Array>;
  /** Numbers are sent as whole multiples of 1/scale. */
  readonly scale: number;
}

/** Circles of those who sent keys, one a federation; a federation with too few of them has none. */
export function formCircles(
  federations: readonly Federation[],
  replies: readonly Keys[],
  { threshold, range }: SecureOptions,
): RoundCircle[] {
  const keys = new Map(
    replies.flatMap(({ learners, publicKeys }) =>
      learners.map((id, i) => [id, publicKeys.subarray(i * publicBytes, (i + 1) * publicBytes)] as const),
    ),
  );
  return federations.flatMap(({ id, learners, parameters }) => {
    const members = learners.filter((learner) => keys.has(learner));
    if (members.length < fewest || parameters.length === 0) return [];
    return [
      {
        federation: id,
        learners: members,
        threshold: Math.max(2, Math.ceil(threshold * members.length - 1e-9)),
        publicKeys: concatenatedBytes(members.map((learner) => keys.get(learner)!)),
        parcels: new Map(),
        scale: scaleFor(members.length, range),
      },
    ];
  });
}

/** The circles with what their members sealed. */
export function withParcels(circles: readonly RoundCircle[], replies: readonly Sealed[]): RoundCircle[] {
  const sealed = new Map<string, Uint8Array>();
  for (const { learners, sealed: bytes, sizes } of replies)
    learners.reduce((at, id, i) => {
      sealed.set(id, bytes.subarray(at, at + sizes[i]!));
      return at + sizes[i]!;
    }, 0);
  return circles.map((circle) => ({
    ...circle,
    parcels: new Map(
      circle.learners.flatMap((id) => (sealed.has(id) ? [[id, sealed.get(id)!] as const] : [])),
    ),
  }));
}

/** What each place of a circle sealed for a member. */
export const parcelsTo = ({ learners, parcels }: RoundCircle, member: string): Uint8Array => {
  const place = learners.indexOf(member);
  const empty = new Uint8Array(parcelBytes);
  return concatenatedBytes(
    learners.map(
      (from) => parcels.get(from)?.subarray(place * parcelBytes, (place + 1) * parcelBytes) ?? empty,
    ),
  );
};

/** The circles that have members among some learners. */
export const circlesWith = (circles: readonly RoundCircle[], learners: readonly string[]): RoundCircle[] => {
  const own = new Set(learners);
  return circles.filter((circle) => circle.learners.some((id) => own.has(id)));
};

const plain = ({ learners, threshold }: RoundCircle): Circle => ({ learners, threshold });

/** Circles as messages carry them: names and thresholds, and the members' public keys one after another. */
export const announced = (circles: readonly RoundCircle[]) => ({
  circles: circles.map(plain),
  publicKeys: concatenatedBytes(circles.map(({ publicKeys }) => publicKeys)),
});

type Masking = Pick<Train, 'circles' | 'publicKeys' | 'present' | 'scales' | 'unitExamples'>;

/** What a training message says of masks.
 * @param unitExamples examples that count as one; 0: all alike
 */
export const maskingOf = (circles: readonly RoundCircle[], unitExamples: number): Masking => ({
  ...announced(circles),
  present: Uint8Array.from(circles.flatMap((c) => c.learners.map((id) => (c.parcels.has(id) ? 1 : 0)))),
  scales: Float64Array.from(circles, ({ scale }) => scale),
  unitExamples,
});
