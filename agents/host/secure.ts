import type { Circle, Invite, Keys, Revealed, Sealed, Share, Train, Unmask } from '../../core/protocol.js';
import { concatenatedBytes } from '../../core/concatenated.js';
import { parcelBytes, publicBytes } from '../../core/privacy/secure/sizes.js';
import {
  CannotHide,
  hidden,
  memberOf,
  parcelsFor,
  publicKeysOf,
  sharesFrom,
  type OpenCircle,
} from '../secure-aggregation.js';
import type { State } from './state.js';
import { trainees } from './trainees.js';

/** A circle of a message, and where its members stand in the message's columns. */
interface Placed {
  readonly circle: OpenCircle;
  readonly from: number;
  readonly to: number;
  readonly index: number;
}

/** Circles of a message by learner. */
function placed(circles: readonly Circle[], publicKeys: Uint8Array): ReadonlyMap<string, Placed> {
  const of = new Map<string, Placed>();
  let from = 0;
  circles.forEach((circle, index) => {
    const to = from + circle.learners.length;
    const keys = publicKeys.subarray(from * publicBytes, to * publicBytes);
    const place = { circle: { ...circle, publicKeys: keys }, from, to, index };
    for (const id of circle.learners) of.set(id, place);
    from = to;
  });
  return of;
}

/** Public keys of everybody here who will train. */
export function invite(state: State, { round, asked }: Invite): Keys {
  const learners = trainees(state, asked).map(({ id }) => id);
  const keys = learners.map((id) => publicKeysOf(memberOf(state.secret, id, round)));
  return { type: 'keys', round, learners, publicKeys: concatenatedBytes(keys) };
}

/** What everybody here seals for the others of its circle. */
export function share(state: State, { round, circles, publicKeys }: Share): Sealed {
  const of = placed(circles, publicKeys);
  const learners = state.learners.map(({ id }) => id).filter((id) => of.has(id));
  const sealed = learners.map((id) => parcelsFor(memberOf(state.secret, id, round), of.get(id)!.circle));
  const sizes = Int32Array.from(sealed, ({ length }) => length);
  return { type: 'sealed', round, learners, sealed: concatenatedBytes(sealed), sizes };
}

/** A learner's update behind the masks of its circle, weighed by its examples; what else is told of it comes last.
 * @throws {CannotHide} where it has nobody to hide among
 */
export function hide(
  state: State,
  id: string,
  { round, circles, publicKeys, present, scales, unitExamples }: Train,
  { delta, examples, within }: { delta: Float32Array; examples: number; within: number | undefined },
): Int32Array {
  const place = placed(circles, publicKeys).get(id);
  if (!place) throw new CannotHide('nobody to hide its update among');
  const { circle, from, to, index } = place;
  const sharing = present.subarray(from, to);
  if (!sharing[circle.learners.indexOf(id)])
    throw new CannotHide('its shares did not arrive: nobody could uncover a sum with its update');
  const weight = unitExamples > 0 ? examples / unitExamples : 1;
  const numbers = Float64Array.of(
    ...Array.from(delta, (d) => weight * d),
    ...(within === undefined ? [] : [within]),
  );
  const member = memberOf(state.secret, id, round);
  return hidden(member, circle, sharing, numbers, scales[index]!);
}

/** Shares that uncover the sum of a round, once a round: another question about it is not answered. */
export function unmask(state: State, message: Unmask): Revealed {
  const { round, circles, publicKeys, stage, learners, sealed } = message;
  const question = JSON.stringify([circles, [...stage]]);
  const before = state.uncovered;
  const again = before?.round === round && before.question !== question;
  if (again || (before?.round ?? 0) > round)
    return { type: 'revealed', round, learners: [], shares: new Uint8Array(0), sizes: new Int32Array(0) };
  state.uncovered = { round, question };
  const of = placed(circles, publicKeys);
  const own = new Set(state.learners.map(({ id }) => id));
  let at = 0;
  const told = learners.flatMap((id) => {
    const place = of.get(id);
    if (!place || !own.has(id)) return [];
    const { circle, from, to } = place;
    const size = circle.learners.length * parcelBytes;
    const parcels = sealed.subarray(at, (at += size));
    const own_ = stage.subarray(from, to);
    const delivered = own_.filter((s) => s === 2).length;
    if (delivered < circle.threshold || own_[circle.learners.indexOf(id)] !== 2) return [];
    return [{ id, shares: sharesFrom(memberOf(state.secret, id, round), circle, own_, parcels) }];
  });
  return {
    type: 'revealed',
    round,
    learners: told.map(({ id }) => id),
    shares: concatenatedBytes(told.map(({ shares }) => shares)),
    sizes: Int32Array.from(told, ({ shares }) => shares.length),
  };
}
