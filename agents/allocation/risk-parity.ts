import { z } from 'zod';
import { positive } from '../../core/measure-input.js';
import { field } from '../../core/scenario/field.js';
import { alwaysLongOnly, scaledTo } from './long-only.js';
import { needSemidefinite } from './need.js';
import { riskBudgeting } from './solver/risk-budgeting.js';
import { StrategyFailed } from './strategy-failed.js';
import { strategy } from './strategy.js';
import { leverageOf, positionOf, type View } from './view.js';

/** Risk parity: every asset brings its budgeted share of the portfolio's variance (equal shares by default).
 * @formula wᵢ(Σw)ᵢ / w′Σw = bᵢ
 * @shape   result (k), summing to the leverage budget L
 * @source  Maillard, Roncalli & Teïletche 2010, Journal of Portfolio Management 36(4)
 * @pitfall check the risk shares, not the weights
 */
export const riskParity = strategy({
  summary: 'Every asset brings its budgeted share of the risk.',
  source: 'Maillard, Roncalli & Teïletche 2010, Journal of Portfolio Management 36(4)',
  options: z.strictObject({
    ...alwaysLongOnly,
    budget: field(
      z.array(positive).optional(),
      'Share of risk of each asset, scaled to sum to 1; absent: equal',
      'share of risk',
    ),
  }),
  allocate: (view, { budget }) => {
    needSemidefinite(view);
    return scaledTo(riskBudgeting(view.covariance, budgetsOf(view, budget)).value, leverageOf(view));
  },
});

function budgetsOf(view: View, given: readonly number[] | undefined): Float64Array {
  const k = view.permitted.length;
  const budgets = Float64Array.from(
    { length: k },
    (_, i) => given?.[positionOf(view, i)] ?? (given ? NaN : 1),
  );
  if (budgets.some(Number.isNaN) || (given && !view.assets && given.length !== k))
    throw new StrategyFailed(`the risk budget has ${given!.length} values, which do not fit the assets`);
  return scaledTo(budgets, 1);
}
