import { z } from 'zod';
import { finite } from '../../core/measure-input.js';
import { field } from '../../core/scenario/field.js';
import { constraintOptions } from './constraints.js';
import { maximumRatio } from './maximum-ratio.js';
import { needExpectedReturns, needVolatilities } from './need.js';
import { StrategyFailed } from './strategy-failed.js';
import { strategy } from './strategy.js';

/** Maximum Sharpe ratio: the tangency portfolio.
 * @formula max (μ − r)′w / √(w′Σw)  s.t.  1′w = L, bounds and groups
 * @shape   result (k), as shares of equity
 * @source  Sharpe 1966, Journal of Business 39(1); Tobin 1958, Review of Economic Studies 25(2)
 * @pitfall with every expected return at or below the risk-free rate there is none: it fails and says so
 */
export const maximumSharpe = strategy({
  summary: 'The portfolio with the most expected excess return per unit of volatility.',
  source: 'Sharpe 1966, Journal of Business 39(1); Tobin 1958, Review of Economic Studies 25(2)',
  options: z.strictObject({
    ...constraintOptions,
    riskFree: field(finite.default(0), 'Risk-free return over the horizon', 'return over the horizon'),
  }),
  allocate: (view, options) => {
    needVolatilities(view);
    const excess = needExpectedReturns(view).map((value) => value - options.riskFree);
    if (options.longOnly && !excess.some((value) => value > 0))
      throw new StrategyFailed("no asset's expected return exceeds the risk-free rate");
    return maximumRatio(view, options, excess);
  },
});
