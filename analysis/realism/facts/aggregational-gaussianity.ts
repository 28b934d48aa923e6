import { aggregateReturns, moments } from '../../measures/performance/moments.js';
import { fact } from '../fact.js';
import { joined } from '../segment.js';

const horizon = 20;

/** Returns over longer horizons look more Gaussian.
 * @formula excess kurtosis of 20-day returns over that of daily returns
 * @range   below 1 where kurtosis falls; NaN where daily returns have none
 * @source  Cont 2001, Quantitative Finance 1(2), fact 4
 */
export const aggregationalGaussianity = fact({
  label: 'Aggregational Gaussianity',
  meaning: 'Excess kurtosis of 20-day returns over that of daily returns: below 1 where it falls.',
  low: -1,
  high: 1,
  source: 'Cont 2001: the distribution looks more and more like a normal one as the horizon grows.',
  summarise: ({ returns }) => ({ returns, sums: aggregateReturns(returns, horizon) }),
  combine: (parts) => {
    const daily = moments(joined(parts.map(({ returns }) => returns))).excessKurtosis;
    const monthly = moments(joined(parts.map(({ sums }) => sums))).excessKurtosis;
    return daily > 0 ? monthly / daily : NaN;
  },
});
