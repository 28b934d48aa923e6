import { z } from 'zod';
import { nextClip, updateNoiseMultiplier } from '../../core/privacy/adaptive-clip.js';
import { field } from '../../core/scenario/field.js';
import { privacy } from './mechanism.js';

/** Differential privacy with a bound that follows a quantile of the updates' lengths.
 * @formula C ← C e^{−η(b̄ − γ)}, b̄ = (Σ_i 1[‖Δ_i‖ ≤ C] + N(0, σ_b²))/(q n); noise on updates (z⁻² − (2σ_b)⁻²)^{−1/2} C
 * @source  Andrew et al. 2021, NeurIPS (arXiv 1905.03871)
 * @pitfall z is the noise that the accountant reckons with, for updates and count together
 */
export const dpFedavgAdaptive = privacy({
  summary: 'Updates shortened to a bound that follows a quantile of their lengths, their mean noised',
  source: 'Andrew et al. 2021, arXiv 1905.03871',
  options: {
    quantile: field(
      z.number().min(0).max(1).default(0.5),
      'Share γ of updates that the bound is to leave as they are',
      'share',
    ),
    learningRate: field(z.number().gt(0).max(10).default(0.2), 'Speed η of the bound', 'ratio'),
    countStdDev: field(
      z.number().gt(0).default(1),
      'Standard deviation σ_b of the noise on the number of updates within the bound; above half of z',
      'count',
    ),
  },
  noise: ({ noiseMultiplier, countStdDev }) => ({
    updates: updateNoiseMultiplier(noiseMultiplier, countStdDev),
    count: countStdDev,
  }),
  nextClip: (clip, share, { quantile, learningRate }) => nextClip(clip, share, quantile, learningRate),
  check: ({ noiseMultiplier, countStdDev }) =>
    countStdDev > noiseMultiplier / 2
      ? []
      : [
          {
            path: ['countStdDev'],
            message: `${countStdDev} must exceed half the noiseMultiplier, ${noiseMultiplier / 2}`,
            beside: ['noiseMultiplier'],
          },
        ],
});
