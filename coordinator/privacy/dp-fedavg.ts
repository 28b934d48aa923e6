import { privacy } from './mechanism.js';

/** Institution-level differential privacy by clipped updates and Gaussian noise, the bound fixed.
 * @formula Δ̄ = (Σ_i Δ_i min(1, C/‖Δ_i‖) + N(0, z²C²)) / (q n)
 * @shape   Δ_i (d) of those asked among n, each with chance q; noise (d)
 * @source  McMahan et al. 2018, ICLR (arXiv 1710.06963)
 * @pitfall all count alike: weights by examples would let one institution weigh more than the noise hides
 */
export const dpFedavg = privacy({
  summary: 'Updates shortened to a fixed bound, their mean noised (DP-FedAvg)',
  source: 'McMahan et al. 2018, arXiv 1710.06963',
  options: {},
  noise: ({ noiseMultiplier }) => ({ updates: noiseMultiplier }),
});
