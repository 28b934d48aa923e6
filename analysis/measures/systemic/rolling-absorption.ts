import { z } from 'zod';
import { count, positive } from '../../../core/measure-input.js';
import { MeasureInputError, measure } from '../../../core/measure.js';
import { covariance, fromRows } from '../../../core/linear.js';
import { mean } from '../../../core/numeric.js';
import { absorption } from './absorption-ratio.js';
import { requireWindow, rollingFields, windowEnds } from './windows.js';

type Rows = readonly (readonly number[])[];

/** Absorption ratio of the window that ends on a day (index); NaN where nothing varies. */
export function absorptionAt(returns: Rows, end: number, window: number, fraction: number): number {
  const rows = returns.slice(end - window + 1, end + 1);
  const k = rows[0]!.length;
  const sigma = covariance(fromRows(rows), rows.length, k);
  return absorption(sigma, k, Math.max(1, Math.round(fraction * k))).ratio;
}

/** The last `short` ratios against the last `long`: null until there are `long`, or where those are all alike.
 * @formula (mean of last short − mean of last long) / standard deviation of last long (ddof 1)
 * @source  Kritzman, Li, Page & Rigobon 2011, Journal of Portfolio Management 37(4)
 */
export function standardizedShift(ratio: readonly number[], short: number, long: number): (number | null)[] {
  return ratio.map((_, at) => {
    if (at + 1 < long) return null;
    const whole = ratio.slice(at + 1 - long, at + 1);
    const centre = mean(whole);
    const variance = whole.reduce((total, x) => total + (x - centre) ** 2, 0) / (long - 1);
    return variance > 0 ? (mean(whole.slice(-short)) - centre) / Math.sqrt(variance) : null;
  });
}

const input = z
  .strictObject({
    ...rollingFields,
    fraction: positive.max(1, 'must lie in (0, 1]').default(0.2),
    short: count.default(15),
    long: count.min(2, 'must be at least 2').default(250),
  })
  .superRefine((given, context) => {
    requireWindow(context, given, 2);
    if (given.short > given.long)
      context.addIssue({ code: 'custom', path: ['short'], message: `is above long, ${given.long}` });
  });

function compute({ returns, window, step, fraction, short, long }: z.infer<typeof input>) {
  const days = windowEnds(returns.length, window, step);
  const ratio = days.map((day) => absorptionAt(returns, day, window, fraction));
  const flat = ratio.findIndex((r) => Number.isNaN(r));
  if (flat >= 0)
    throw new MeasureInputError(`no asset varies in the window up to row ${days[flat]!}`, ['returns']);
  return { days, ratio, standardizedShift: standardizedShift(ratio, short, long) };
}

export const rollingAbsorption = measure({
  summary: 'Absorption ratio in rolling windows, and its standardised shift: is the market tightening?',
  formula:
    'Σ_{i≤n} λ_i / Σ λ_i of each window; shift = (mean of last short − mean of last long) / σ of last long',
  range: 'ratio in [n/k, 1]; shift in standard deviations, null until `long` ratios exist',
  source: 'Kritzman, Li, Page & Rigobon 2011, Journal of Portfolio Management 37(4)',
  pitfall: 'short and long count ratios, which are `step` days apart. The paper weights days exponentially.',
  input,
  table: 'returns',
  example: {
    returns: [
      [0.01, 0.02],
      [-0.02, -0.01],
      [0.03, 0.01],
      [0, -0.03],
      [0.01, 0.01],
    ],
    window: 3,
    fraction: 0.5,
    short: 1,
    long: 3,
  },
  compute,
});
