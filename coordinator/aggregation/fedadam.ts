import { fedOpt, flowerAdamFactor } from './fedopt.js';

/** FedAdam.
 * @formula v ← β₂v + (1−β₂)Δ̄²
 * @shape   see fedOpt
 * @source  Reddi et al. 2021 (arXiv 2003.00295)
 */
export const fedadam = fedOpt({
  summary: 'Adam at the coordinator, fed with the mean difference.',
  defaults: { learningRate: 0.1, beta1: 0.9, beta2: 0.99 },
  secondMoment: (v, squared, beta2) => beta2 * v + (1 - beta2) * squared,
  flowerFactor: flowerAdamFactor,
});
