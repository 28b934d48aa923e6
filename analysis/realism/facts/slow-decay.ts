import { mean } from '../../../core/numeric.js';
import { decayExponent } from '../../measures/performance/autocorrelation.js';
import { fact } from '../fact.js';
import { laggedSums, pooledAutocorrelation } from '../lagged.js';

const lags = 100;
const late = 50;

/** Volatility clusters, and forgets slowly: absolute returns stay correlated for months.
 * @formula −slope of ln ρ_τ(|r|) on ln τ over lags 1 to 100; NaN unless the mean of lags 51 to 100 is positive
 * @source  Cont 2001, Quantitative Finance 1(2), facts 6 and 8
 * @pitfall single samples of a few years know long lags badly: real ones often fail alone
 */
export const slowDecay = fact({
  label: 'Slow decay of volatility’s memory',
  meaning:
    'Exponent of the power law through the autocorrelations of absolute returns at lags 1 to 100, where those at lags 51 to 100 are positive on average.',
  low: 0.1,
  high: 0.5,
  source:
    'Model document: 0.1 to 0.5. Cont 2001 gives 0.2 to 0.4; Liu et al. 1999, Physical Review E 60(2), about 0.3.',
  summarise: ({ returns }) => (returns.length > lags + 1 ? laggedSums(returns.map(Math.abs), lags) : null),
  combine: (parts) => {
    const correlations = Array.from(pooledAutocorrelation(parts, lags));
    return mean(correlations.slice(late)) > 0 ? (decayExponent(correlations) ?? NaN) : NaN;
  },
});
