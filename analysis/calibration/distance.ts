import { mean } from '../../core/numeric.js';
import type { Target } from './target.js';

/** How a point's simulated moments compare with the target's. */
export interface Fit {
  /** Mean over seeds, by moment; NaN where no seed has it. */
  readonly simulated: readonly number[];
  /** (simulated − real) over the standard error that both samples leave. */
  readonly deviations: readonly number[];
  /** Sum of squared deviations. */
  readonly distance: number;
}

/** A moment that no seed has, or that never differs in the target and does here, counts as this many standard errors. */
const undefinedDeviation = 10;
/** No single moment outweighs all others together. */
const most = 10;

/** The method's objective: a weighted distance of simulated from real moments.
 * @formula J = Σ ((m̄ − m)/(s √(1 + 1/R)))², R seeds, s the spread of one stretch; deviations end at ±10
 * @range   ≥ 0; about the number of moments less that of parameters where the model is true
 * @source  McFadden 1989, Econometrica 57(5); Duffie & Singleton 1993, Econometrica 61(4)
 * @pitfall weights are a diagonal: moments that say the same count twice, so J is compared, not tested exactly
 */
export function fitOf(bySeed: readonly (readonly number[])[], { values, spread }: Target): Fit {
  const simulated = values.map((_, m) => mean(bySeed.map((row) => row[m]!).filter(Number.isFinite)));
  const error = Math.sqrt(1 + 1 / bySeed.length);
  const deviations = simulated.map((value, m) => {
    if (value === values[m]) return 0;
    const by = (value - values[m]!) / (spread[m]! * error);
    return Number.isFinite(by) ? Math.max(-most, Math.min(most, by)) : undefinedDeviation;
  });
  return { simulated, deviations, distance: deviations.reduce((sum, d) => sum + d * d, 0) };
}
