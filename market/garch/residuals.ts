import { NotConverged } from '../../core/not-converged.js';
import { fitGarch } from './fit.js';
import { garchLikelihood } from './likelihood.js';

/** Returns less their mean over the standard deviation that a fitted GARCH(1,1) expected; null where no fit exists. */
export function garchResiduals(returns: Float64Array): Float64Array | null {
  if (returns.every((r) => r === returns[0])) return null;
  try {
    const { value } = fitGarch(returns);
    const { variance } = garchLikelihood(returns, value);
    return returns.map((r, t) => (r - value.mu) / Math.sqrt(variance[t]!));
  } catch (error) {
    if (error instanceof NotConverged) return null;
    throw error;
  }
}
