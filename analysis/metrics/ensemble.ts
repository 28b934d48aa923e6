import { oncePer } from '../../core/once-per.js';
import { numbers, type RunData } from '../run-data.js';
import { meanOfDefined } from './daily-means.js';
import { closesOf, measuredDays } from './closes.js';
import type { SampledMetric } from './return-statistics.js';

interface Parts {
  /** Flat by measured day; NaN where nobody forecast or the horizon is not over. */
  readonly meanError: Float64Array;
  readonly ensembleError: Float64Array;
  readonly ambiguity: Float64Array;
}

/** Trading days of a year, by which volatilities are stated. */
const yearDays = 252;

/** The error of the mean forecast, the mean error of forecasts, and what their disagreement takes off it, day by day.
 * @formula (f̄_k − y_k)² = mean_i (f_ik − y_k)² − mean_i (f_ik − f̄_k)², averaged over assets; y_k the return over the
 *          horizon in the standard deviations that k has in calm
 * @source  Krogh & Vedelsby 1995, NeurIPS 7
 * @pitfall institutions standardise by volatilities of their own; here all are judged by one
 */
const partsOf = oncePer((run: RunData): Parts => {
  const days = measuredDays(run);
  const place = new Map(Array.from(days, (d, t) => [d, t]));
  const none = (): Float64Array => new Float64Array(days.length).fill(NaN);
  const parts = { meanError: none(), ensembleError: none(), ambiguity: none() };
  const { forecasts } = run.tables;
  const closes = closesOf(run);
  if (!forecasts || !closes) return parts;
  const { scenario } = run;
  const k = scenario.assets.length;
  const spread = scenario.assets.map(
    ({ volatility }) => volatility * Math.sqrt(scenario.tradeEvery / yearDays),
  );
  const [n, sum, squares] = [0, 1, 2].map(() => new Float64Array(days.length * k)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const [day, asset, mean] = ['day', 'asset', 'mean'].map((column) => numbers(forecasts, column));
  day!.forEach((d, row) => {
    const t = place.get(d);
    if (t === undefined) return;
    const at = t * k + asset![row]!;
    n[at]!++;
    sum[at]! += mean![row]!;
    squares[at]! += mean![row]! ** 2;
  });
  days.forEach((d, t) => {
    const [now, then] = [closes.get(d), closes.get(d + scenario.tradeEvery)];
    if (!now || !then || !(n[t * k]! > 0)) return;
    let [error, ensemble] = [0, 0];
    for (let a = 0; a < k; a++) {
      const at = t * k + a;
      const y = (then[a]! / now[a]! - 1) / spread[a]!;
      const centre = sum[at]! / n[at]!;
      error += squares[at]! / n[at]! - 2 * y * centre + y * y;
      ensemble += (centre - y) ** 2;
    }
    [parts.meanError[t], parts.ensembleError[t]] = [error / k, ensemble / k];
    parts.ambiguity[t] = (error - ensemble) / k;
  });
  return parts;
});

const metricOf = (label: string, meaning: string, values: Float64Array): SampledMetric => ({
  topic: 'monoculture',
  unit: 'squared deviations',
  label,
  meaning,
  statistic: meanOfDefined(values),
});

/** Ambiguity decomposition of the institutions' forecasts, equally weighed: the error of their mean is their mean error
 * less their ambiguity. Needs the table of forecasts, which a minimal record leaves out. */
export function ensembleStatistics(run: RunData): Record<string, SampledMetric> {
  const { meanError, ensembleError, ambiguity } = partsOf(run);
  return {
    meanForecastError: metricOf(
      'Mean squared error of forecasts',
      'Of one institution, in squared standard deviations of the return over the horizon.',
      meanError,
    ),
    ensembleForecastError: metricOf(
      'Squared error of the mean forecast',
      'Of all institutions’ forecasts together: less than the mean error by their ambiguity.',
      ensembleError,
    ),
    forecastAmbiguity: metricOf(
      'Ambiguity of forecasts',
      'What disagreement takes off the error of the mean forecast: the variance of forecasts about it.',
      ambiguity,
    ),
  };
}
