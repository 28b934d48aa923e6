import { leastSquares, neweyWestT } from '../measures/regression.js';
import { daily, firstMeasuredDay, type RunData } from '../run-data.js';
import { metric, type MetricLabel, type MetricMap } from './metric.js';
import { meanOfDefined } from './daily-means.js';
import type { SampledMetric } from './return-statistics.js';
import type { Statistic } from './block-bootstrap.js';
import { ensembleStatistics } from './ensemble.js';
import { widespreadStatistics } from './widespread.js';

/** Newey-West lags of the regression of dispersion on the market: a trading week. */
const lags = 5;

const pick = (values: Float64Array, at: Int32Array): Float64Array => Float64Array.from(at, (i) => values[i]!);

interface Market {
  readonly csad: Float64Array;
  readonly market: Float64Array;
}

const marketOf = (run: RunData): Market => ({
  csad: daily(run, 'csad', firstMeasuredDay(run)),
  market: daily(run, 'equalReturn', firstMeasuredDay(run)),
});

const regressors = (market: Float64Array): Float64Array[] => [
  market.map(() => 1),
  market.map(Math.abs),
  market.map((r) => r * r),
];

const curvature =
  ({ csad, market }: Market): Statistic =>
  (at) =>
    leastSquares(regressors(pick(market, at)), pick(csad, at))?.coefficients[2] ?? NaN;

/** Mean dispersion of forecasts on days of a regime of the fundamentals: 0 calm, 1 stress. */
function dispersionIn(run: RunData, wanted: 0 | 1): Statistic {
  const first = firstMeasuredDay(run);
  const [spread, regime] = [daily(run, 'forecastDispersion', first), daily(run, 'regime', first)];
  const mean = meanOfDefined(spread);
  return (at) => mean(at.filter((i) => regime[i] === wanted));
}

/** Disagreement in stress beside that in calm. */
function compression(run: RunData): Statistic {
  const [calm, stress] = [dispersionIn(run, 0), dispersionIn(run, 1)];
  return (at) => 1 - stress(at) / calm(at);
}

/** How much oftener two institutions' forecasts are wrong on one day than independent ones' would be.
 * @formula H₂ = mean_t F(F−1)/(n(n−1)) / (mean_t F/n)², F of n institutions wrong on day t
 * @range   0 ≤ H₂; 1 is independence
 * @source  Bommasani et al. 2022, NeurIPS 35, over pairs, without forming them
 * @pitfall the denominator takes the mean rate of errors squared for the mean product of two institutions' rates: they differ by the variance of rates between institutions
 */
function pairwiseHomogenization(run: RunData): Statistic {
  const first = firstMeasuredDay(run);
  const [joint, alone] = [
    meanOfDefined(daily(run, 'jointErrorShare', first)),
    meanOfDefined(daily(run, 'errorShare', first)),
  ];
  return (at) => joint(at) / alone(at) ** 2;
}

const label = (
  topic: MetricLabel['topic'],
  unit: MetricLabel['unit'],
  name: string,
  meaning: string,
): MetricLabel => ({ topic, unit, label: name, meaning });

/** Statistics of several daily measures at once, each of the days at the places given. */
export const jointStatistics = (run: RunData): Record<string, SampledMetric> => ({
  csadCurvature: {
    ...label(
      'herding',
      'ratio',
      'Curvature of dispersion (CSAD)',
      'Coefficient of the squared market return, in percent, on the dispersion of returns: herding where it is below 0.',
    ),
    statistic: curvature(marketOf(run)),
  },
  errorHomogenization: {
    ...label(
      'monoculture',
      'ratio',
      'Homogenization of errors',
      'How much oftener two institutions’ forecasts are wrong on one day than independent ones’ would be; 1 is independence.',
    ),
    statistic: pairwiseHomogenization(run),
  },
  dispersionInCalm: {
    ...label(
      'monoculture',
      'ratio',
      'Dispersion of forecasts in calm',
      'Standard deviation of institutions’ forecasts of one asset on calm days, in standard deviations of its return.',
    ),
    statistic: dispersionIn(run, 0),
  },
  dispersionInStress: {
    ...label('monoculture', 'ratio', 'Dispersion of forecasts in stress', 'The same on days of stress.'),
    statistic: dispersionIn(run, 1),
  },
  stressCompression: {
    ...label(
      'monoculture',
      'share',
      'Compression by stress',
      'By how much forecasts are closer together in stress than in calm; below 0 they are further apart.',
    ),
    statistic: compression(run),
  },
  ...ensembleStatistics(run),
  ...widespreadStatistics(run),
});

const tLabel = label(
  'herding',
  'ratio',
  't of that curvature',
  `Newey-West, ${lags} lags; below −2 the curvature is below 0 beyond chance.`,
);

/** The t statistic of the curvature, which depends on the order of days and so is not resampled. */
export function curvatureT(run: RunData): MetricMap {
  const { csad, market } = marketOf(run);
  const defined = Array.from(csad.keys()).filter((t) => Number.isFinite(csad[t]!));
  const at = Int32Array.from(defined);
  const columns = regressors(pick(market, at));
  const fit = at.length > lags + 3 ? leastSquares(columns, pick(csad, at)) : null;
  const t = fit ? neweyWestT(columns, fit, lags)[2]! : NaN;
  return { csadCurvatureT: metric(tLabel, t, 'too few days, or the market did not move') };
}
