import { z } from 'zod';
import { positive, share } from '../../../core/measure-input.js';
import { field } from '../../../core/scenario/field.js';
import { overlayRule } from './rule.js';

/** Cuts exposure while stress is forecast: while the volatility of late of what is to be held stands well above its
 * longer average.
 * @formula w · exposure where Σ|wᵢ|σᵢ(fast) > trigger · Σ|wᵢ|σᵢ(slow), else w
 * @source  Ang & Bekaert 2004, Financial Analysts Journal 60(2) (regimes in allocation); the ratio of two
 *          exponentially weighted volatilities stands for the probability of their turbulent regime
 * @pitfall volatility rises after the first loss: it shortens stress, it does not foresee it
 */
export const stressDeleveraging = overlayRule({
  summary: 'Exposure is cut while volatility of late exceeds its longer average.',
  source: 'Ang & Bekaert 2004, Financial Analysts Journal 60(2)',
  options: z.strictObject({
    trigger: field(
      positive.default(1.5),
      'Ratio of fast to slow volatility from which stress is forecast',
      'ratio',
    ),
    exposure: field(share.default(0.5), 'Share of exposure that is left then', 'share'),
  }),
  limit:
    ({ trigger, exposure }) =>
    (weights, { volatility: { fast, slow } }) => {
      let late = 0;
      let usual = 0;
      weights.forEach((weight, i) => {
        late += Math.abs(weight) * fast[i]!;
        usual += Math.abs(weight) * slow[i]!;
      });
      return late > trigger * usual ? weights.map((weight) => exposure * weight) : weights;
    },
});
