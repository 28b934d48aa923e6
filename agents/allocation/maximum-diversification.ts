import { z } from 'zod';
import { constraintOptions } from './constraints.js';
import { maximumRatio } from './maximum-ratio.js';
import { needVolatilities } from './need.js';
import { strategy } from './strategy.js';

/** Maximum diversification: the most average volatility per unit of portfolio volatility.
 * @formula max σ′w / √(w′Σw)  s.t.  1′w = L, bounds and groups
 * @shape   result (k), as shares of equity
 * @source  Choueifaty & Coignard 2008, Journal of Portfolio Management 35(1)
 */
export const maximumDiversification = strategy({
  summary: 'The portfolio whose parts are riskiest compared with the whole.',
  source: 'Choueifaty & Coignard 2008, Journal of Portfolio Management 35(1)',
  options: z.strictObject(constraintOptions),
  allocate: (view, options) => maximumRatio(view, options, needVolatilities(view)),
});
