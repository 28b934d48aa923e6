import { z } from 'zod';
import { count, share } from '../../../core/measure-input.js';
import { field } from '../../../core/scenario/field.js';
import { overlayRule } from './rule.js';

/** Less and less exposure the further wealth has fallen from its highest value of late, none past a limit.
 * @formula w · clip((limit − d)/(limit − start), exposure, 1), d = 1 − W_t / max_{t−window ≤ s ≤ t} W_s
 * @range   never adds exposure
 * @source  Grossman & Zhou 1993, Mathematical Finance 3(3); Yang & Zhong 2012, Journal of Investing 21(4), for the
 *          rolling maximum, without which a portfolio that has stopped would stay out for good
 * @pitfall a jump can pass the limit before anything is sold
 */
export const drawdownStop = overlayRule({
  summary: 'Exposure falls with the drawdown and stops at a limit.',
  source: 'Grossman & Zhou 1993, Mathematical Finance 3(3); Yang & Zhong 2012, Journal of Investing 21(4)',
  options: z.strictObject({
    start: field(share.default(0.05), 'Drawdown from which exposure is cut', 'share of the peak'),
    limit: field(share.default(0.15), 'Drawdown at which it is cut most', 'share of the peak'),
    exposure: field(share.default(0), 'Share of exposure that is left then', 'share'),
    window: field(count.max(2520).default(252), 'Days over which the peak is looked for', 'days'),
  }),
  problems: ({ start, limit }) =>
    limit > start ? [] : [{ path: ['limit'], message: `${limit} is not above start ${start}` }],
  limit:
    ({ start, limit, exposure, window }) =>
    (weights, { drawdown }) => {
      const left = (limit - drawdown(window)) / (limit - start);
      const scale = Math.max(exposure, Math.min(1, left));
      return scale === 1 ? weights : weights.map((weight) => scale * weight);
    },
});
