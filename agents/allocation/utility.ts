import { tabulate } from '../../core/slab.js';
import type { View } from './view.js';

/** ½w′Σw − μ′w/γ, utility in units of risk, as a quadratic program's objective. */
export function negativeUtility(
  { covariance, expectedReturns }: View,
  riskAversion: number,
): { hessian: Float64Array; linear: Float64Array } {
  const linear = tabulate(expectedReturns.length, (i) => expectedReturns[i]! / -riskAversion);
  return { hessian: covariance, linear };
}
