import type { Train } from '../../core/protocol.js';
import { compressionOf } from '../../core/compression/index.js';
import { stream } from '../../core/random.js';
import type { Learner, LocalRound } from '../learner.js';
import { bounded } from '../privacy.js';
import { hide } from './secure.js';
import type { State } from './state.js';

/** An update as it leaves its host. */
export interface Outgoing {
  /** In the clear; empty where it is masked. */
  readonly delta: Float32Array;
  /** Behind masks; empty where it is in the clear. */
  readonly masked: Int32Array;
  /** Made smaller; undefined where it is whole. */
  readonly packed?: Uint8Array;
  /** Whether it was within its bound; undefined: not asked, or behind the masks too. */
  readonly within: number | undefined;
}

const nothing = { delta: new Float32Array(0), masked: new Int32Array(0) };

/** An update made smaller; what it holds back stays with the learner. */
function packed({ brief }: State, learner: Learner, delta: Float32Array, round: number): Uint8Array {
  const draws = stream({ seed: brief.seed, purpose: 'compression', entity: learner.id, round });
  const held = learner.heldBack.length === delta.length ? learner.heldBack : new Float32Array(delta.length);
  const { bytes, residual } = compressionOf(brief.compression).pack(delta, held, brief.compression, draws);
  learner.heldBack = residual;
  return bytes;
}

/** What the round lets out of a trained update: shortened and noised where institutions are hidden in the model, masked
 * where they are hidden from the coordinator.
 * @throws {CannotHide} where it could only go in the clear, and must not
 */
export function outgoing(
  state: State,
  learner: Learner,
  { delta, examples }: LocalRound,
  message: Train,
  row: number,
): Outgoing {
  const { id } = learner;
  const sent = bounded(state.brief, id, delta, message, row);
  if (state.brief.updates === 'clear')
    return compressionOf(state.brief.compression).whole
      ? { ...nothing, ...sent }
      : { ...nothing, within: undefined, packed: packed(state, learner, delta, message.round) };
  // A model without parameters has nothing to hide.
  if (delta.length === 0) return { ...nothing, within: undefined };
  return { ...nothing, masked: hide(state, id, message, { ...sent, examples }), within: undefined };
}
