import { exp } from '../../core/numeric.js';
import type { Stream } from '../../core/random.js';
import type { Episode } from './episode.js';
import { play, pullTo, type Gambling } from './gamble.js';
import type { Actor, Lesson } from './policy-cohort.js';

export interface Clipping extends Gambling {
  /** How far the odds of an action may move in one episode. */
  readonly clip: number;
  readonly epochs: number;
}

/** Slope of the clipped surrogate in an output: none once the odds have moved far enough the right way.
 * @formula min(r A, clip(r, 1 - ε, 1 + ε) A), r = π(a) / π_old(a)
 */
export function clippedSlope(
  advantage: number,
  action: number,
  output: number,
  old: number,
  { exploration, clip }: Pick<Clipping, 'exploration' | 'clip'>,
): number {
  const ratio = exp(((action - old) ** 2 - (action - output) ** 2) / (2 * exploration ** 2));
  const far = advantage >= 0 ? ratio > 1 + clip : ratio < 1 - clip;
  return far ? 0 : advantage * ratio * pullTo(action, output, exploration);
}

/** Several steps on one played episode, none so far that its actions say nothing any more.
 * @source Schulman et al. 2017, Proximal Policy Optimization Algorithms
 */
export function* proximalPolicyLessons(
  actor: Actor,
  episode: Episode,
  clipping: Clipping,
  stream: Stream,
): Iterable<Lesson> {
  const { outputs: old, actions, advantages, gain } = play(actor, episode, clipping, stream);
  for (let epoch = 0; epoch < clipping.epochs; epoch++) {
    const outputs = epoch === 0 ? old : actor.outputs(episode.inputs);
    const down = outputs.map((z, row) => {
      return -clippedSlope(advantages[row]!, actions[row]!, z, old[row]!, clipping) / outputs.length;
    });
    yield { gradient: actor.pullBack(episode.inputs, down).parameters, gain };
  }
}
