import { z } from 'zod';
import { matrix, requireLength, share, vector } from '../../../core/measure-input.js';
import { MeasureInputError, measure } from '../../../core/measure.js';
import { mean, quantile, variance } from '../../../core/numeric.js';
import { meanForecastCorrelation } from './forecast-similarity.js';

type Rows = readonly (readonly number[])[];

/** How far forecasters are apart on a day: their standard deviation about their mean (population). */
export const forecastDispersion = (forecasts: ArrayLike<number>): number => Math.sqrt(variance(forecasts));

/** Share of pairs whose forecasts have opposite signs; a forecast of 0 agrees with nobody but 0.
 * @formula 1 − Σ_s n_s(n_s − 1)/(n(n − 1)), s the sign
 * @range   [0, 1]
 */
export function signDisagreement(forecasts: readonly number[]): number {
  const alike = [-1, 0, 1].reduce((sum, sign) => {
    const n = forecasts.filter((value) => Math.sign(value) === sign).length;
    return sum + n * (n - 1);
  }, 0);
  return 1 - alike / (forecasts.length * (forecasts.length - 1));
}

function summary(forecasts: Rows, days: readonly number[]) {
  const columns = days.map((t) => forecasts.map((row) => row[t]!));
  const correlation = meanForecastCorrelation(forecasts.map((row) => days.map((t) => row[t]!)));
  return {
    days: days.length,
    dispersion: mean(columns.map(forecastDispersion)),
    signDisagreement: mean(columns.map(signDisagreement)),
    correlation: Number.isFinite(correlation) ? correlation : null,
  };
}

const input = z
  .strictObject({ forecasts: matrix, stress: vector, quantile: share.default(0.9) })
  .superRefine(({ forecasts, stress }, context) => {
    requireLength(
      context,
      ['stress'],
      stress,
      forecasts[0]?.length ?? 0,
      'one value a day (column of forecasts)',
    );
    if (forecasts.length < 2)
      context.addIssue({ code: 'custom', path: ['forecasts'], message: 'needs at least 2 models (rows)' });
  });

function compute({ forecasts, stress, quantile: level }: z.infer<typeof input>) {
  const threshold = quantile(stress, level);
  const where = (keep: (value: number) => boolean): number[] =>
    stress.flatMap((v, t) => (keep(v) ? [t] : []));
  const [calmDays, stressDays] = [where((value) => value <= threshold), where((value) => value > threshold)];
  if (stressDays.length === 0)
    throw new MeasureInputError(
      `no day lies above the ${level} quantile, ${threshold}: there is no stress to compare`,
      ['stress'],
    );
  const [calm, stressed] = [summary(forecasts, calmDays), summary(forecasts, stressDays)];
  const compression = calm.dispersion > 0 ? 1 - stressed.dispersion / calm.dispersion : null;
  return { threshold, calm, stress: stressed, compression };
}

export const stressDisagreement = measure({
  summary: 'Disagreement of forecasters in calm and in stress: does stress compress it?',
  formula:
    'mean over days of sd_i(f_it), of the share of pairs with unlike signs, and corr(f_i, f_j), by regime',
  range:
    'compression ≤ 1: 0 is none, 1 is complete agreement in stress, negative is more disagreement; null without any in calm',
  source: 'Diether, Malloy & Scherbina 2002, Journal of Finance 57(5) (dispersion of forecasts)',
  pitfall:
    'Stress days are those above the quantile of the stress series; correlations need a few such days.',
  input,
  table: 'forecasts',
  example: {
    forecasts: [
      [0.1, -0.2, 0.3, -0.9, -0.8],
      [0.2, 0.1, -0.2, -0.8, -0.9],
      [-0.3, 0.1, 0.1, -0.9, -0.7],
    ],
    stress: [0.1, 0.2, 0.1, 0.9, 0.8],
    quantile: 0.5,
  },
  compute,
});
