import { log } from '../../../core/numeric.js';
import { fitPersistence, type Persistence } from './persistence.js';

/** Conditional variances of one asset, the last of them tomorrow's (T+1). */
export interface ConditionalVariance {
  readonly variances: Float64Array;
  readonly persistence: Persistence;
}

/** GARCH(1,1) whose unconditional variance is the sample's, so that only two parameters are estimated.
 * @formula h_{t+1} = (1 − α − β)s² + α e_t² + β h_t, h₀ = s² = mean of e²; (α, β) by Gaussian likelihood
 * @shape   e (T) demeaned returns; variances (T+1)
 * @source  Bollerslev 1986, Journal of Econometrics 31(3); Engle & Mezrich 1996, Risk 9 (variance targeting)
 * @pitfall targeting is not full maximum likelihood: measure `garch` estimates all four parameters
 */
export function conditionalVariance(errors: Float64Array): ConditionalVariance {
  const target = errors.reduce((total, error) => total + error ** 2, 0) / errors.length;
  const { value: persistence } = fitPersistence((at) => gaussian(errors, recursion(errors, target, at)));
  return { variances: recursion(errors, target, persistence), persistence };
}

function recursion(errors: Float64Array, target: number, { alpha, beta }: Persistence): Float64Array {
  const variances = new Float64Array(errors.length + 1);
  variances[0] = target;
  for (let t = 0; t < errors.length; t++)
    variances[t + 1] = (1 - alpha - beta) * target + alpha * errors[t]! ** 2 + beta * variances[t]!;
  return variances;
}

/** Gaussian log-likelihood up to a constant. */
function gaussian(errors: Float64Array, variances: Float64Array): number {
  let total = 0;
  for (let t = 0; t < errors.length; t++) total -= log(variances[t]!) + errors[t]! ** 2 / variances[t]!;
  return total / 2;
}
