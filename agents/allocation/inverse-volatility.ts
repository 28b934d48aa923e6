import { z } from 'zod';
import { alwaysLongOnly, scaledTo } from './long-only.js';
import { needVolatilities } from './need.js';
import { strategy } from './strategy.js';
import { leverageOf } from './view.js';

/** Inverse volatility: naive risk parity, which ignores correlation.
 * @formula wᵢ = L σᵢ⁻¹ / Σⱼ σⱼ⁻¹
 * @shape   result (k), summing to the leverage budget L
 * @source  Leote de Carvalho, Lu & Moulin 2012, Journal of Portfolio Management 38(3)
 */
export const inverseVolatility = strategy({
  summary: 'Weights in inverse proportion to volatility.',
  source: 'Leote de Carvalho, Lu & Moulin 2012, Journal of Portfolio Management 38(3)',
  options: z.strictObject(alwaysLongOnly),
  allocate: (view) =>
    scaledTo(
      needVolatilities(view).map((volatility) => 1 / volatility),
      leverageOf(view),
    ),
});
