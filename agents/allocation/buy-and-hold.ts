import { z } from 'zod';
import { alwaysLongOnly } from './long-only.js';
import { needBenchmark } from './need.js';
import { strategy } from './strategy.js';
import { leverageOf } from './view.js';

/** Buy and hold: the benchmark bought once, and never traded again.
 * @formula w = w₀ where anything is held, else L times the benchmark
 * @shape   result (k)
 * @source  Perold & Sharpe 1988, Financial Analysts Journal 44(1)
 */
export const buyAndHold = strategy({
  summary: 'The benchmark, bought once and then left alone.',
  source: 'Perold & Sharpe 1988, Financial Analysts Journal 44(1)',
  options: z.strictObject(alwaysLongOnly),
  allocate: (view) => {
    if (view.previousWeights.some((weight) => weight !== 0)) return view.previousWeights.slice();
    return needBenchmark(view).map((weight) => weight * leverageOf(view));
  },
});
