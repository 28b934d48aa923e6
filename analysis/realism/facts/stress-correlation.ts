import { correlation, mean, quantile, variance } from '../../../core/numeric.js';
import { fact } from '../fact.js';
import type { Segment } from '../segment.js';

/** Weight of yesterday's variance (RiskMetrics 1996, daily). */
const memory = 0.94;
/** Days with the highest volatility, as a share. */
const stressed = 0.2;
/** Days until the estimate of volatility has forgotten where it began. */
const settling = 20;

/** Volatility expected for each day from the days before. */
function expectedVolatility(returns: Float64Array): Float64Array {
  let h = variance(returns);
  return returns.map((r) => {
    const sigma = Math.sqrt(h);
    h = memory * h + (1 - memory) * r ** 2;
    return sigma;
  });
}

const meanCorrelation = ({ pairs }: Segment, days: readonly number[]): number =>
  mean(
    pairs.map(([a, b]) =>
      correlation(
        days.map((t) => a[t]!),
        days.map((t) => b[t]!),
      ),
    ),
  );

function rise(segment: Segment): number | null {
  if (segment.pairs.length === 0 || segment.returns.length <= 2 * settling) return null;
  const volatility = expectedVolatility(segment.returns);
  const threshold = quantile(volatility.subarray(settling), 1 - stressed);
  const days = Array.from(volatility.keys()).slice(settling);
  const value =
    meanCorrelation(
      segment,
      days.filter((t) => volatility[t]! > threshold),
    ) -
    meanCorrelation(
      segment,
      days.filter((t) => volatility[t]! <= threshold),
    );
  return Number.isFinite(value) ? value : null;
}

/** Assets move together in stress.
 * @formula mean pairwise correlation on the fifth of days with the highest volatility expected from the days before, less
 *          that on the others; mean over segments
 * @source  Longin & Solnik 2001, Journal of Finance 56(2); Ang & Chen 2002, Journal of Financial Economics 63(3)
 * @pitfall days are chosen by what came before: to choose large returns of the day itself raises correlations by
 *          selection alone (Boyer, Gibson & Loretan 1999)
 */
export const stressCorrelation = fact({
  label: 'Correlation in stress',
  meaning: 'Mean correlation of assets on days of high expected volatility, less that on the others.',
  low: 0,
  high: 1,
  source: 'Longin & Solnik 2001; Ang & Chen 2002: correlations rise in falling, volatile markets.',
  summarise: rise,
  combine: (parts) => mean(parts),
});
