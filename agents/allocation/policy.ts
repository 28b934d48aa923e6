import { z } from 'zod';
import { field } from '../../core/scenario/field.js';
import { alwaysLongOnly } from './long-only.js';
import { needBenchmark, needExpectedReturns, needVolatilities } from './need.js';
import { strategy } from './strategy.js';
import { leverageOf, type View } from './view.js';

/** What the mind says of each asset, -1 to 1; without it, the forecast in standard deviations. */
function positions(view: View, gain: number): Float64Array {
  const clipped = (value: number): number => Math.max(-1, Math.min(1, gain * value));
  if (view.scores) return view.scores.map(clipped);
  const volatilities = needVolatilities(view);
  return needExpectedReturns(view).map((mu, i) => clipped(mu / volatilities[i]!));
}

/** Policy: the mind's own positions as tilts of the benchmark; no optimiser stands between.
 * @formula w_i ∝ b_i (1 + a s_i), s = clip(gain · score, ±1), summing to the leverage budget L
 * @shape   result (k)
 * @source  Zhang, Zohren & Roberts 2020, Deep Learning for Portfolio Optimization, Journal of Financial Data Science
 */
export const policyStrategy = strategy({
  summary: "The mind's own positions as tilts of the benchmark: for architectures that learn by reward.",
  source: 'Zhang, Zohren & Roberts 2020, Journal of Financial Data Science 2(4)',
  options: z.strictObject({
    ...alwaysLongOnly,
    gain: field(
      z.number().gt(0).default(1),
      'What a score is multiplied by before it is cut off at 1',
      'ratio',
    ),
    tilt: field(
      z.number().gt(0).max(1).default(1),
      'Share of its benchmark weight that an asset gains or loses at a score of 1',
      'share',
    ),
  }),
  allocate: (view, { gain, tilt }) => {
    const scores = positions(view, gain);
    const benchmark = needBenchmark(view);
    const tilted = benchmark.map((b, i) => b * (1 + tilt * scores[i]!));
    const total = tilted.reduce((sum, w) => sum + w, 0);
    const weights = total > 0 ? tilted.map((w) => w / total) : benchmark;
    return weights.map((w) => w * leverageOf(view));
  },
});
