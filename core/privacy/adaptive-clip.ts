import { exp } from '../numeric.js';

/** The next clipping bound, which follows a quantile of the norms of updates.
 * @formula C ← C e^{−η(b̄ − γ)}, b̄ the (noised) share of updates no longer than C
 * @range   > 0
 * @source  Andrew et al. 2021, NeurIPS (arXiv 1905.03871)
 */
export const nextClip = (clip: number, shareBelow: number, quantile: number, learningRate: number): number =>
  clip * exp(-learningRate * (shareBelow - quantile));

/** Noise multiplier left to the updates when counting those below the bound takes its part of the budget.
 * @formula (z⁻² − (2σ_b)⁻²)^{−1/2}
 * @range   > z; needs σ_b > z/2
 * @source  Andrew et al. 2021, theorem 1
 */
export function updateNoiseMultiplier(noiseMultiplier: number, countStdDev: number): number {
  const left = 1 / noiseMultiplier ** 2 - 1 / (2 * countStdDev) ** 2;
  if (!(left > 0))
    throw new RangeError(
      `count noise ${countStdDev} must exceed half the noise multiplier ${noiseMultiplier}`,
    );
  return 1 / Math.sqrt(left);
}
