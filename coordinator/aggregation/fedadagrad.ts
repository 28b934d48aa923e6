import { fedOpt } from './fedopt.js';

/** FedAdagrad: the second moment only grows.
 * @formula v ← v + Δ̄²
 * @shape   see fedOpt
 * @source  Reddi et al. 2021 (arXiv 2003.00295); β₁ = 0 as in its appendix D
 */
export const fedadagrad = fedOpt({
  summary: 'Adagrad at the coordinator: coordinates that moved much move ever less.',
  defaults: { learningRate: 0.1, beta1: 0, beta2: 0 },
  secondMoment: (v, squared) => v + squared,
  flowerFactor: () => 1,
});
