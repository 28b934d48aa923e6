import { createHash } from 'node:crypto';
import { pack, unpack } from '../../core/packing.js';
import type { Done, Load, Observe, Save, Saved } from '../../core/protocol.js';
import type { RiskModel } from '../allocation/risk-model.js';
import type { Learner } from '../learner.js';
import type { Mind } from '../mind.js';
import { done, type State } from './state.js';

type MindState = Omit<Mind, 'seat' | 'subscribed' | 'horizon' | 'layout'>;
type LearnerState = Omit<Learner, 'id' | 'slot' | 'members'> & {
  /** Its model, as its cohort keeps it. */
  readonly model: Uint8Array;
};

/** What a host's future depends on, beside its welcome. */
interface HostState {
  readonly minds: readonly MindState[];
  readonly learners: readonly LearnerState[];
  readonly common: RiskModel;
  readonly lastLogPrices: Float64Array | undefined;
  readonly observed: Observe | undefined;
  readonly secret: Uint8Array;
}

const mindState = ({
  memory,
  window,
  risk,
  estimate,
  yardstick,
  desk,
  blend,
  scale,
  forecasts,
  pending,
  skill,
}: Mind): MindState => ({
  memory,
  window,
  risk,
  estimate,
  yardstick,
  desk,
  blend,
  scale,
  forecasts,
  pending,
  skill,
});

const learnerState = (
  { cohorts }: State,
  { id: _id, slot, members: _members, ...kept }: Learner,
): LearnerState => ({ ...kept, model: cohorts[kept.architecture]!.saveState(slot) });

const digest = (state: Uint8Array): string => createHash('sha256').update(state).digest('hex');

/** Everything that the future of the institutions here depends on. */
export function save(state: State, _message: Save): Saved {
  const { minds, learners, common, lastLogPrices, observed, secret } = state;
  const saved = pack({
    minds: minds.map(mindState),
    learners: learners.map((learner) => learnerState(state, learner)),
    common,
    lastLogPrices,
    observed,
    secret,
  } satisfies HostState);
  return { type: 'saved', hash: digest(saved), state: saved };
}

/** Takes a saved state back.
 *
 * @throws {Error} unless the state is the one that the coordinator's checkpoint names
 */
export function load(state: State, { day, hash, state: saved }: Load): Done {
  if (digest(saved) !== hash)
    throw new Error(`the saved state of day ${day} is not the one of the checkpoint`);
  const { minds, learners, common, lastLogPrices, observed, secret } = unpack<HostState>(saved);
  minds.forEach((mind, i) => Object.assign(state.minds[i]!, mind));
  learners.forEach(({ model, ...learner }, i) => {
    Object.assign(state.learners[i]!, learner);
    state.cohorts[learner.architecture]!.loadState(state.learners[i]!.slot, model);
  });
  Object.assign(state, { common, lastLogPrices, observed, secret });
  return done;
}
