import { z } from 'zod';
import { positive, share } from '../../core/measure-input.js';
import { field } from '../../core/scenario/field.js';
import { alwaysLongOnly } from './long-only.js';
import { needBenchmark } from './need.js';
import { strategy } from './strategy.js';
import { leverageOf } from './view.js';

/** Constant-proportion portfolio insurance: the benchmark in a multiple of the cushion above a floor, the rest cash.
 * @formula w = b · min(L, m · max(0, 1 − floor/W)), W = equity over its highest value
 * @shape   result (k)
 * @source  Black & Jones 1987, Journal of Portfolio Management 14(1); Estep & Kritzman 1988 for the rising floor
 * @pitfall a fall of more than 1/m between two rebalancings breaks the floor
 */
export const constantProportionInsurance = strategy({
  summary: 'A multiple of the cushion above a floor in the benchmark, the rest in cash.',
  source: 'Black & Jones 1987, Journal of Portfolio Management 14(1)',
  options: z.strictObject({
    ...alwaysLongOnly,
    floor: field(share.default(0.8), 'Insured share of the highest equity so far', 'share'),
    multiplier: field(positive.default(4), 'Invested per unit of cushion', 'ratio'),
  }),
  allocate: (view, { floor, multiplier }) => {
    const cushion = Math.max(0, 1 - floor / (view.wealthRatio ?? 1));
    const invested = Math.min(leverageOf(view), multiplier * cushion);
    return needBenchmark(view).map((weight) => invested * weight);
  },
});
