import { z } from 'zod';
import { nonNegative, positive } from '../../core/measure-input.js';
import { constraintOptions, portfolioConstraints, within } from './constraints.js';
import { tradingProgram } from './solver/trading-program.js';
import { quadraticProgram } from './solver/quadratic-program.js';
import { strategy } from './strategy.js';
import type { View } from './view.js';

const options = z.strictObject({
  ...constraintOptions,
  riskAversion: positive.optional().describe("Risk aversion; absent: the institution's own"),
  spend: z
    .enum(['full', 'at-most'])
    .default('full')
    .describe('Whether the whole budget is invested, or at most the budget'),
  costBps: nonNegative.default(0).describe('Cost of trading, basis points of what is traded'),
});

/** Mean-variance: the portfolio of highest expected utility, after the cost of trading to it.
 * @formula max μ′w − ½γ w′Σw − c|w − w₀|₁  s.t.  1′w = L (or ≤ L), bounds and groups
 * @shape   result (k), as shares of equity
 * @source  Markowitz 1952, Journal of Finance 7(1)
 * @pitfall errors of μ are magnified: see black-litterman, resampled and robust-mean-variance
 */
export const meanVariance = strategy({
  summary: 'Highest expected return less risk and trading cost, within bounds.',
  source: 'Markowitz 1952, Journal of Finance 7(1)',
  options,
  allocate: (view, chosen) =>
    within(portfolioConstraints(view, chosen, chosen.spend), (constraints) => {
      const utility = { ...constraints, ...negativeUtility(view, chosen.riskAversion ?? view.riskAversion) };
      return chosen.costBps === 0
        ? quadraticProgram(utility).value
        : tradingProgram(utility, view.previousWeights, chosen.costBps / 1e4).value;
    }),
});

/** ½γ w′Σw − μ′w as a quadratic program's objective. */
export function negativeUtility(
  { covariance, expectedReturns }: View,
  riskAversion: number,
): { hessian: Float64Array; linear: Float64Array } {
  return {
    hessian: covariance.map((value) => riskAversion * value),
    linear: expectedReturns.map((value) => -value),
  };
}
