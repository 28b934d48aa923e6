import type { Stream } from '../../core/random.js';
import type { Episode } from './episode.js';
import { play, pullTo, type Gambling } from './gamble.js';
import type { Actor, Lesson } from './policy-cohort.js';

/** Raises the odds of actions that earned more than the others.
 * @formula ∇J = E ∇ log π(a_dk) A_dk
 * @source  Williams 1992, Machine Learning 8 (REINFORCE)
 */
export function* policyGradientLessons(
  actor: Actor,
  episode: Episode,
  gambling: Gambling,
  stream: Stream,
): Iterable<Lesson> {
  const { outputs, actions, advantages, gain } = play(actor, episode, gambling, stream);
  const down = outputs.map(
    (z, row) => (-advantages[row]! * pullTo(actions[row]!, z, gambling.exploration)) / outputs.length,
  );
  yield { gradient: actor.pullBack(episode.inputs, down).parameters, gain };
}
