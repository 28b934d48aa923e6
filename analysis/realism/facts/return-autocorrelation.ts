import { fact } from '../fact.js';
import { laggedSums, pooledAutocorrelation } from '../lagged.js';

/** Linear autocorrelation of returns, absent beyond minutes.
 * @formula ρ_1 of r
 * @source  Cont 2001, Quantitative Finance 1(2), fact 1
 */
export const returnAutocorrelation = fact({
  label: 'No autocorrelation of returns',
  meaning: 'First autocorrelation of daily returns.',
  low: -0.1,
  high: 0.1,
  source: 'Cont 2001: daily autocorrelations are within ±0.1 on liquid markets.',
  summarise: ({ returns }) => laggedSums(returns, 1),
  combine: (parts) => pooledAutocorrelation(parts, 1)[0]!,
});
