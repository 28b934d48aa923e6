import { z } from 'zod';
import { positive } from '../../core/measure-input.js';
import { field } from '../../core/scenario/field.js';
import { alwaysLongOnly } from './long-only.js';
import { needBenchmark } from './need.js';
import { portfolioVariance } from './portfolio-risk.js';
import { StrategyFailed } from './strategy-failed.js';
import { strategy } from './strategy.js';
import { leverageOf } from './view.js';

/** Volatility target: the benchmark, levered up or down to a constant volatility.
 * @formula w = b · min(L · maxLeverage, target / √(b′Σb))
 * @shape   result (k); what is not invested is cash, what is invested beyond 1 is borrowed
 * @source  Moreira & Muir 2017, Journal of Finance 72(4); Hocquard, Ng & Papageorgiou 2013, JPM 39(2)
 * @pitfall the target is over the view's own horizon, not annual
 */
export const volatilityTargetStrategy = strategy({
  summary: 'The benchmark, scaled to a constant volatility.',
  source: 'Moreira & Muir 2017, Journal of Finance 72(4)',
  options: z.strictObject({
    ...alwaysLongOnly,
    target: field(
      positive.default(0.01),
      "Volatility over the view's horizon (a share; 0.01 a day is 16% a year)",
      'standard deviation of return over the horizon',
    ),
    maxLeverage: field(
      positive.default(1),
      'Greatest sum of weights, in units of the leverage budget',
      'leverage budgets',
    ),
  }),
  allocate: (view, { target, maxLeverage }) => {
    const benchmark = needBenchmark(view);
    const variance = portfolioVariance(benchmark, view.covariance);
    if (!(variance > 0))
      throw new StrategyFailed(`the benchmark's variance is ${variance}: the covariance is not positive`);
    const scale = Math.min(leverageOf(view) * maxLeverage, target / Math.sqrt(variance));
    return benchmark.map((weight) => scale * weight);
  },
});
