import { mean } from '../../core/numeric.js';
import { moments } from '../measures/performance/moments.js';
import { expectedShortfall } from '../measures/performance/tail.js';
import { annualVolatility } from '../measures/performance/volatility.js';
import type { Statistic } from './block-bootstrap.js';
import type { MetricLabel } from './metric.js';

export interface SampledMetric extends MetricLabel {
  readonly statistic: Statistic;
}

const pick = (values: Float64Array, at: Int32Array): Float64Array => Float64Array.from(at, (i) => values[i]!);

/** First autocorrelation over pairs of neighbours in the original series, so that the joints of resampled
 * blocks do not pull it to 0. */
const firstAutocorrelation =
  (values: Float64Array): Statistic =>
  (at) => {
    const centre = mean(pick(values, at));
    let [cross, square] = [0, 0];
    for (const t of at) {
      square += (values[t]! - centre) ** 2;
      if (t > 0) cross += (values[t]! - centre) * (values[t - 1]! - centre);
    }
    return cross / square;
  };

const market = (label: string, unit: MetricLabel['unit'], meaning: string, statistic: Statistic) => ({
  label,
  unit,
  topic: 'market' as const,
  meaning,
  statistic,
});

/** Statistics of the index's daily log returns. */
export const returnStatistics = (returns: Float64Array): Record<string, SampledMetric> => ({
  volatility: market(
    'Volatility of the index',
    'per year',
    'Standard deviation of daily returns, times the square root of 252.',
    (at) => annualVolatility(pick(returns, at)),
  ),
  excessKurtosis: market(
    'Excess kurtosis',
    'moment',
    'How much fatter than Gaussian the tails of daily returns are (0 is Gaussian).',
    (at) => moments(pick(returns, at)).excessKurtosis,
  ),
  skewness: market(
    'Skewness',
    'moment',
    'Negative where large falls are more common than large rises.',
    (at) => moments(pick(returns, at)).skewness,
  ),
  returnAutocorrelation: market(
    'Autocorrelation of returns',
    'correlation',
    'Whether today’s return predicts tomorrow’s; close to 0 in real markets.',
    firstAutocorrelation(returns),
  ),
  absoluteReturnAutocorrelation: market(
    'Autocorrelation of |returns|',
    'correlation',
    'Whether turbulent days follow turbulent days; positive in real markets.',
    firstAutocorrelation(returns.map(Math.abs)),
  ),
  expectedShortfall: market(
    '1% expected shortfall',
    'log return',
    'Mean loss of the index on the worst 1% of days.',
    (at) => expectedShortfall(pick(returns, at), 0.01),
  ),
});
