import { z } from 'zod';
import { constraintOptions, portfolioConstraints, solverOption, within } from './constraints.js';
import { needVolatilities } from './need.js';
import { quadraticSolvers } from './solver/index.js';
import { strategy } from './strategy.js';

/** Global minimum variance: the least risky portfolio that spends the budget.
 * @formula min w′Σw  s.t.  1′w = L, bounds and groups
 * @shape   result (k), as shares of equity
 * @source  Markowitz 1952, Journal of Finance 7(1)
 */
export const minimumVariance = strategy({
  summary: 'The least risky portfolio that spends the budget.',
  source: 'Markowitz 1952, Journal of Finance 7(1)',
  options: z.strictObject({ ...constraintOptions, ...solverOption }),
  allocate: (view, options) => {
    needVolatilities(view);
    const linear = new Float64Array(view.permitted.length);
    return within(
      portfolioConstraints(view, options),
      (constraints) =>
        quadraticSolvers[options.solver](
          { ...constraints, hessian: view.covariance, linear },
          view.previousWeights,
        ).value,
    );
  },
});
