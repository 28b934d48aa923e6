import type { Stream } from '../../core/random.js';
import type { Episode } from './episode.js';
import type { Actor } from './policy-cohort.js';
import { earnings, netReturns } from './returns.js';
import { squashed } from './squashed.js';

/** How a stochastic policy explores and what it credits an action with. */
export interface Gambling {
  /** Deviation of actions around the network's outputs. */
  readonly exploration: number;
  /** Weight of each later day's return beside the day's own. */
  readonly discount: number;
  readonly cost: number;
}

/** An episode played with actions drawn around the network's outputs. */
export interface Gamble {
  readonly outputs: Float32Array;
  readonly actions: Float32Array;
  /** Advantage of each action (days x assets): its asset's return to go less the mean, over the deviation. */
  readonly advantages: Float64Array;
  /** Mean net return of a day. */
  readonly gain: number;
}

/** G_dk = r_dk + γ G_(d+1)k: an action is credited with its own asset's returns, the only ones that it moves. */
function toGo(earned: Float64Array, assets: number, discount: number): Float64Array {
  const sums = earned.slice();
  for (let row = sums.length - assets - 1; row >= 0; row--) sums[row]! += discount * sums[row + assets]!;
  return sums;
}

/** Whitened: a baseline that is the mean, in units of the deviation. The market does not heed a small trader, so that
 * what a critic could add, the value of the day itself, is the same for every action. */
function whitened(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length;
  const deviation = Math.sqrt(variance + 1e-12);
  return values.map((v) => (v - mean) / deviation);
}

export function play(actor: Actor, episode: Episode, gambling: Gambling, stream: Stream): Gamble {
  const { exploration, discount, cost } = gambling;
  const outputs = actor.outputs(episode.inputs).slice();
  const actions = outputs.map((z) => z + exploration * stream.normal());
  const positions = squashed(actions);
  const returns = netReturns(episode, positions, cost);
  return {
    outputs,
    actions,
    advantages: whitened(toGo(earnings(episode, positions, cost), episode.assets, discount)),
    gain: returns.reduce((sum, r) => sum + r, 0) / returns.length,
  };
}

/** Slope of the log-probability of an action in the output: (a - z) / σ². */
export const pullTo = (action: number, output: number, exploration: number): number =>
  (action - output) / exploration ** 2;
