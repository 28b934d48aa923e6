import { mean, quantile, variance } from '../../../core/numeric.js';
import { fact } from '../fact.js';
import { joined } from '../segment.js';

const block = 20;
const extreme = 0.05;

/** How many values of each block of days exceed a threshold. */
function counts(values: Float64Array, threshold: number): Float64Array {
  const blocks = new Float64Array(Math.floor(values.length / block));
  for (let t = 0; t < blocks.length * block; t++)
    if (values[t]! > threshold) blocks[Math.floor(t / block)]!++;
  return blocks;
}

/** Turbulence comes in bursts.
 * @formula variance over mean of the number of days, in blocks of 20, whose |r| is among the largest twentieth
 * @range   0.95 where days are independent
 * @source  Cont 2001, Quantitative Finance 1(2), fact 5; dispersion index of counts (Fano 1947, Physical Review 72)
 */
export const intermittency = fact({
  label: 'Intermittency',
  meaning: 'Dispersion of the number of extreme days a month: 1 is chance, more is bursts.',
  low: 1.2,
  high: 10,
  source:
    'Between the 5% quantile, rounded, and above the 95% quantile of 750-day windows of the S&P 500, 1990 to 2022.',
  summarise: ({ returns }) => returns.map(Math.abs),
  combine: (parts) => {
    const threshold = quantile(joined(parts), 1 - extreme);
    const all = joined(parts.map((values) => counts(values, threshold)));
    return variance(all, 1) / mean(all);
  },
});
