import { moments } from '../../measures/performance/moments.js';
import { fact } from '../fact.js';
import { joined } from '../segment.js';

/** Heavy tails.
 * @formula m₄/m₂² − 3 of r
 * @source  Cont 2001, Quantitative Finance 1(2), fact 2
 * @pitfall the fourth moment may not exist: a long sample can hold one day that makes it
 */
export const heavyTails = fact({
  label: 'Heavy tails',
  meaning: 'Excess kurtosis of daily returns.',
  low: 3,
  high: 30,
  source: 'Cont 2001; daily returns of indices and currencies over decades.',
  summarise: ({ returns }) => returns,
  combine: (parts) => moments(joined(parts)).excessKurtosis,
});
