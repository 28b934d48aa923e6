import { stream } from '../../core/random.js';
import type { Scenario } from '../../core/scenario.js';
import type { Update } from '../aggregation/aggregation.js';
import type { Federation } from '../federations.js';
import type { Sum } from '../round/sum.js';
import type { Chosen } from './chosen.js';

/** How many updates a federation's round is expected to sum up: what sums are divided by, whoever came. */
export const expected = ({ federation }: Scenario, able: readonly string[]): number =>
  federation.participation.askedShare * able.length;

/** A federation's bound on updates. */
export const clipOf = ({ options }: Chosen, clips: Readonly<Record<string, number>>, id: string): number =>
  clips[id] ?? options.clip;

/** A federation's round as its noise depends on it. */
export interface NoisedRound {
  readonly round: number;
  /** Bound on updates. */
  readonly clip: number;
  /** Updates that are expected. */
  readonly count: number;
}

/** What a rule sees of a federation's round: one update, the noised mean of all.
 *
 * The noise of a simulation is drawn at an address, and whoever knows the seed can take it out again: it shows what
 * privacy does to learning, and hides nothing.
 */
export function noisedMean(
  { seed }: Scenario,
  chosen: Chosen,
  { id }: Federation,
  { updates }: Sum,
  { round, clip, count }: NoisedRound,
): Update {
  const draws = stream({ seed, purpose: 'privacy-noise', entity: id, round });
  const stdDev = { coordinator: chosen.noise.updates * clip, institutions: 0 }[chosen.options.noise];
  const delta = Float32Array.from(updates, (s) => (s + stdDev * draws.normal()) / count);
  return { institution: id, examples: 1, delta };
}

/** The bound of a federation's next round. */
export function clipAfter(
  { seed }: Scenario,
  { noise, options, nextClip }: Chosen,
  { id }: Federation,
  { within }: Sum,
  { round, clip, count }: NoisedRound,
): number {
  if (!nextClip || noise.count === undefined) return clip;
  const draws = stream({ seed, purpose: 'count-noise', entity: id, round });
  const stdDev = { coordinator: noise.count, institutions: 0 }[options.noise];
  return nextClip(clip, (within + stdDev * draws.normal()) / count, options);
}
