import { pow } from '../../../core/numeric.js';

/** How far a signal's recent skill is believed. */
export interface Skill {
  /** Weighted mean of its information coefficients. */
  readonly coefficient: number;
  /** Weight of what that mean rests on, in outcomes. */
  readonly outcomes: number;
}

/** Mean of past information coefficients, newest last, of which recent ones count more.
 * @formula Σ ½^((n−1−i)/halfLife) cᵢ / Σ ½^((n−1−i)/halfLife)
 */
export function recentSkill(coefficients: readonly number[], halfLife: number): Skill {
  let [total, weight] = [0, 0];
  const decay = pow(0.5, 1 / halfLife);
  for (const coefficient of coefficients) {
    total = decay * total + coefficient;
    weight = decay * weight + 1;
  }
  return { coefficient: weight === 0 ? 0 : total / weight, outcomes: weight };
}

/** Weights of several signals in one view: each as much as it lately knew, none where it knew nothing.
 * @formula wₛ = max(0, cₛ) · nₛ/(nₛ + n₀)
 * @shape   result: one weight a signal; the view is Σ wₛ zₛ over standardised signals zₛ
 * @source  Grinold & Kahn 1999, Active Portfolio Management, chapter 11 (α = volatility · skill · score)
 * @pitfall signals that repeat each other are counted twice
 */
export const skillWeights = (skills: readonly Skill[], prior = 12): Float64Array =>
  Float64Array.from(
    skills,
    ({ coefficient, outcomes }) => (Math.max(0, coefficient) * outcomes) / (outcomes + prior),
  );

/** Several standardised signals (each k) as one score. */
export function integrate(scores: readonly Float64Array[], weights: ArrayLike<number>): Float64Array {
  const view = new Float64Array(scores[0]?.length ?? 0);
  scores.forEach((score, s) => score.forEach((z, i) => (view[i]! += weights[s]! * z)));
  return view;
}
