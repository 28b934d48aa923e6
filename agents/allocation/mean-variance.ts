import { z } from 'zod';
import { nonNegative, positive } from '../../core/measure-input.js';
import { field } from '../../core/scenario/field.js';
import { constraintOptions, portfolioConstraints, solverOption, within } from './constraints.js';
import { tradingProgram } from './solver/trading-program.js';
import { needExpectedReturns } from './need.js';
import { quadraticSolvers } from './solver/index.js';
import { strategy } from './strategy.js';
import { negativeUtility } from './utility.js';

const options = z
  .strictObject({
    ...constraintOptions,
    ...solverOption,
    riskAversion: field(positive.optional(), "Risk aversion; absent: the institution's own", '1 / variance'),
    spend: field(
      z.enum(['full', 'at-most']).default('full'),
      'Whether the whole budget is invested, or at most the budget',
      'name',
    ),
    costBps: field(nonNegative.default(0), 'Cost of trading, basis points of what is traded', 'basis points'),
  })
  .refine(({ solver, costBps }) => solver === 'active-set' || costBps === 0, {
    path: ['solver'],
    message: 'must be active-set where trading has a cost',
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
  allocate: (view, chosen) => {
    needExpectedReturns(view);
    const aversion = chosen.riskAversion ?? view.riskAversion;
    return within(portfolioConstraints(view, chosen, chosen.spend), (constraints) => {
      const { hessian, linear } = negativeUtility(view, aversion);
      const utility = { ...constraints, hessian, linear };
      return chosen.costBps === 0
        ? quadraticSolvers[chosen.solver](utility, view.previousWeights).value
        : tradingProgram(utility, view.previousWeights, chosen.costBps / 1e4 / aversion).value;
    });
  },
});
