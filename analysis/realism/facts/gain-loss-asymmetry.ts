import { moments } from '../../measures/performance/moments.js';
import { fact } from '../fact.js';
import { joined } from '../segment.js';

/** Large falls, but no equally large rises.
 * @formula m₃/m₂^{3/2} of r
 * @source  Cont 2001, Quantitative Finance 1(2), fact 3
 */
export const gainLossAsymmetry = fact({
  label: 'Gain and loss asymmetry',
  meaning: 'Skewness of daily returns: negative where large falls outweigh large rises.',
  low: -3,
  high: 0,
  source:
    'Cont 2001 for the sign; below it, twice the −1.3 of the value-weighted US index 1962 to 1994 (Campbell, Lo & MacKinlay 1997, table 1.1), rounded.',
  summarise: ({ returns }) => returns,
  combine: (parts) => moments(joined(parts)).skewness,
});
