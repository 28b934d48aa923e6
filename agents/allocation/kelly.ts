import { z } from 'zod';
import { share } from '../../core/measure-input.js';
import { field } from '../../core/scenario/field.js';
import { constraintOptions, portfolioConstraints, within } from './constraints.js';
import { needExpectedReturns } from './need.js';
import { quadraticProgram } from './solver/quadratic-program.js';
import { strategy } from './strategy.js';
import { negativeUtility } from './utility.js';

/** Kelly: the portfolio whose equity grows fastest, or a fraction of it with the rest in cash.
 * @formula f · argmax μ′w − ½w′Σw  s.t.  1′w ≤ L, bounds and groups
 * @shape   result (k), as shares of equity
 * @source  Kelly 1956, Bell System Technical Journal 35(4); Thorp 2006, Handbook of Asset and Liability Management
 * @pitfall expected log growth to second order: right for short horizons and returns without jumps
 */
export const kelly = strategy({
  summary: 'The fastest expected growth of equity, or a fraction of that bet.',
  source: 'Kelly 1956, Bell System Technical Journal 35(4); Thorp 2006',
  options: z.strictObject({
    ...constraintOptions,
    fraction: field(share.default(1), 'Share of the full Kelly bet; one half is half Kelly', 'share'),
  }),
  allocate: (view, options) => {
    needExpectedReturns(view);
    const { hessian, linear } = negativeUtility(view, 1);
    const bet = within(
      portfolioConstraints(view, options, 'at-most'),
      (constraints) => quadraticProgram({ ...constraints, hessian, linear }, view.previousWeights).value,
    );
    return bet.map((weight) => options.fraction * weight);
  },
});
