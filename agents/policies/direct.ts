import type { Episode } from './episode.js';
import { scored, type Objective } from './objectives.js';
import type { Actor, Lesson } from './policy-cohort.js';
import { netReturns, throughReturns } from './returns.js';
import { squashed, throughSquash } from './squashed.js';

/** What a policy is paid for. */
export interface Goal {
  readonly objective: Objective;
  readonly cost: number;
  readonly drawdownWeight: number;
}

/** How an episode goes with some outputs. */
export const gainOf = (episode: Episode, outputs: Float32Array, goal: Goal): number =>
  scored(netReturns(episode, squashed(outputs), goal.cost), goal.objective, goal.drawdownWeight).value;

/** The goal differentiated through the path of net returns, the positions and the network.
 * @source Moody & Saffell 2001, IEEE Transactions on Neural Networks 12(4); Zhang, Zohren & Roberts 2020, Deep Learning
 *         for Portfolio Optimization
 */
export function directLesson(actor: Actor, episode: Episode, goal: Goal): Lesson {
  const positions = squashed(actor.outputs(episode.inputs));
  const returns = netReturns(episode, positions, goal.cost);
  const { value, slopes } = scored(returns, goal.objective, goal.drawdownWeight);
  const inPositions = throughReturns(episode, positions, goal.cost, slopes);
  const down = throughSquash(positions, inPositions).map((slope) => -slope);
  return { gradient: actor.pullBack(episode.inputs, down).parameters, gain: value };
}
