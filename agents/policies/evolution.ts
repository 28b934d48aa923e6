import type { Stream } from '../../core/random.js';
import { gainOf, type Goal } from './direct.js';
import type { Episode } from './episode.js';
import type { Actor, Lesson, Work } from './policy-cohort.js';

export interface Breeding {
  /** Pairs of opposite mutants. */
  readonly pairs: number;
  /** Deviation of a mutation. */
  readonly mutation: number;
}

/** Ranks scaled to -1/2 .. 1/2, equal ones in order: what a mutant is worth does not hang on how far it is ahead. */
function ranks(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]! || a - b);
  const ranked = new Array<number>(values.length).fill(0);
  order.forEach((i, rank) => (ranked[i] = rank / (values.length - 1) - 0.5));
  return ranked;
}

/** Slope estimated from mutants alone: no derivative of anything is taken.
 * @formula g = (1 / 2nσ) Σ_i (F(w + σ ε_i) - F(w - σ ε_i)) ε_i, F the rank
 * @source  Salimans et al. 2017, Evolution Strategies as a Scalable Alternative to Reinforcement Learning
 */
export function evolutionLesson(
  { parameters, outputsWith }: Actor,
  episode: Episode,
  goal: Goal,
  { pairs, mutation }: Breeding,
  stream: Stream,
): Lesson {
  const mutations = Array.from({ length: pairs }, () => parameters.map(() => stream.normal()));
  const gains = mutations.flatMap((noise) =>
    [mutation, -mutation].map((by) =>
      gainOf(
        episode,
        outputsWith(
          parameters.map((w, j) => w + by * noise[j]!),
          episode.inputs,
        ),
        goal,
      ),
    ),
  );
  const worth = ranks(gains);
  const gradient = new Float32Array(parameters.length);
  mutations.forEach((noise, i) => {
    const ahead = (worth[2 * i]! - worth[2 * i + 1]!) / (2 * pairs * mutation);
    for (let j = 0; j < gradient.length; j++) gradient[j]! -= ahead * noise[j]!;
  });
  return { gradient, gain: gainOf(episode, outputsWith(parameters, episode.inputs), goal) };
}

/** Both of each pair play an episode, and so does what they are mutants of; each parameter takes two FLOPs a mutant, and
 * two a pair in the slope. */
export const evolutionWork = ({ pairs }: Pick<Breeding, 'pairs'>): Work => ({
  forecast: 1,
  forward: 2 * pairs + 1,
  pullBack: 0,
  steps: 1,
  perParameter: 6 * pairs,
});

/** FLOPs on each parameter of taking two directions to length 1 and adding them by their share. */
export const MIXING = 9;

const unit = (v: Float32Array): Float32Array => {
  const length = Math.sqrt(v.reduce((sum, x) => sum + x * x, 0));
  return length > 0 ? v.map((x) => x / length) : v;
};

/** Both directions by their share, each of length 1.
 * @source after Khadka & Tumer 2018, Evolution-Guided Policy Gradient in Reinforcement Learning
 */
export const mixedLesson = (bred: Lesson, derived: Lesson, share: number): Lesson => {
  const [a, b] = [unit(bred.gradient), unit(derived.gradient)];
  return { gradient: a.map((x, j) => share * x + (1 - share) * b[j]!), gain: derived.gain };
};
