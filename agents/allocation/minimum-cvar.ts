import { z } from 'zod';
import { share } from '../../core/measure-input.js';
import { field } from '../../core/scenario/field.js';
import { constraintOptions, portfolioConstraints, within } from './constraints.js';
import { needHistory } from './need.js';
import { minimumTailLoss } from './solver/minimum-tail-loss.js';
import { strategy } from './strategy.js';

/** Minimum conditional value at risk: the least mean loss on the worst days of the past.
 * @formula min CVaR_β(−Rw)  s.t.  1′w = L, bounds and groups; CVaR_β = mean of the worst (1−β)T losses
 * @shape   R (T,k); result (k), as shares of equity
 * @source  Rockafellar & Uryasev 2000, Journal of Risk 2(3)
 * @pitfall (1−β)T counts days: with few of them a handful of days decides
 */
export const minimumCvar = strategy({
  summary: 'The least average loss on the worst days of the past.',
  source: 'Rockafellar & Uryasev 2000, Journal of Risk 2(3)',
  remembers: 504,
  options: z.strictObject({
    ...constraintOptions,
    confidence: field(share.default(0.95), 'Level β of the conditional value at risk', 'probability'),
  }),
  allocate: (view, { confidence, ...limits }) => {
    const history = needHistory(view, Math.ceil(1 / Math.max(1e-9, 1 - confidence)));
    return within(
      portfolioConstraints(view, limits),
      (constraints) => minimumTailLoss(history, (1 - confidence) * history.rows, constraints).value,
    );
  },
});
