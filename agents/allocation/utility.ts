import type { View } from './view.js';

/** ½w′Σw − μ′w/γ, utility in units of risk, as a quadratic program's objective. */
export function negativeUtility(
  { covariance, expectedReturns }: View,
  riskAversion: number,
): { hessian: Float64Array; linear: Float64Array } {
  const linear = expectedReturns.slice();
  for (let i = 0; i < linear.length; i++) linear[i]! /= -riskAversion;
  return { hessian: covariance, linear };
}
