import { hillIndex } from '../../measures/performance/hill.js';
import { fact } from '../fact.js';
import { joined } from '../segment.js';

/** Share of days in the tail, as in the measure stylized-facts. */
const tail = 20;

/** Power-law tail, finite variance.
 * @formula Hill index of |r| over the ⌊T/20⌋ largest
 * @source  Cont 2001, Quantitative Finance 1(2), fact 2; Gopikrishnan et al. 1999, Physical Review E 60(5)
 */
export const tailIndex = fact({
  label: 'Tail index',
  meaning: 'Hill index of absolute daily returns over their largest twentieth.',
  low: 2,
  high: 5,
  source: 'Cont 2001: tail index above two and less than five for most data sets.',
  summarise: ({ returns }) => returns.map(Math.abs),
  combine: (parts) => {
    const all = joined(parts);
    return hillIndex(all, Math.floor(all.length / tail)) ?? NaN;
  },
});
