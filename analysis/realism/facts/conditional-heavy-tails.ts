import { moments } from '../../measures/performance/moments.js';
import { fact } from '../fact.js';
import { joined } from '../segment.js';

/** Tails stay heavy after conditional volatility is taken out.
 * @formula excess kurtosis of r_t over the standard deviation that a GARCH(1,1) fitted to its segment gives
 * @source  Cont 2001, Quantitative Finance 1(2), fact 7
 */
export const conditionalHeavyTails = fact({
  label: 'Conditional heavy tails',
  meaning: 'Excess kurtosis of returns once a fitted GARCH(1,1) volatility has been taken out.',
  low: 0.1,
  high: 30,
  source:
    'Cont 2001: residuals still have heavy tails. 0.1 is more than sampling error of a Gaussian residual over twenty runs.',
  summarise: ({ residuals }) => residuals,
  combine: (parts) => moments(joined(parts)).excessKurtosis,
});
