import { correlation } from '../../../core/numeric.js';
import { fact } from '../fact.js';
import { joined } from '../segment.js';

const lags = 10;

/** Falls raise the volatility that follows.
 * @formula mean over τ = 1..10 of corr(r_t, r²_{t+τ})
 * @source  Cont 2001, Quantitative Finance 1(2), fact 9; Bouchaud, Matacz & Potters 2001, Physical Review Letters 87
 */
export const leverageEffect = fact({
  label: 'Leverage effect',
  meaning: 'Mean correlation of returns with squared returns one to ten days later.',
  low: -0.5,
  high: 0,
  source: 'Cont 2001 for the sign; about −0.1 at lag 1 for daily index returns.',
  summarise: ({ returns }) =>
    Array.from({ length: lags }, (_, i) => ({
      now: returns.slice(0, Math.max(0, returns.length - i - 1)),
      later: returns.slice(i + 1).map((r) => r ** 2),
    })),
  combine: (parts) => {
    let total = 0;
    for (let i = 0; i < lags; i++)
      total += correlation(joined(parts.map((p) => p[i]!.now)), joined(parts.map((p) => p[i]!.later)));
    return total / lags;
  },
});
