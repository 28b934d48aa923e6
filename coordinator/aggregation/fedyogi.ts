import { fedOpt } from './fedopt.js';

/** FedYogi: a second moment that grows no faster than it falls.
 * @formula v ← v − (1−β₂)Δ̄² sign(v − Δ̄²)
 * @shape   see fedOpt
 * @source  Reddi et al. 2021 (arXiv 2003.00295)
 */
export const fedyogi = fedOpt({
  summary: 'Yogi at the coordinator: Adam whose second moment changes additively.',
  defaults: { learningRate: 0.01, beta1: 0.9, beta2: 0.99 },
  secondMoment: (v, squared, beta2) => v - (1 - beta2) * squared * Math.sign(v - squared),
  flowerFactor: () => 1,
});
