import { z } from 'zod';
import { matrix, nonNegativeVector, requireLength } from '../../../core/measure-input.js';
import { measure } from '../../../core/measure.js';
import { meanCosine, sharesOf, similarityDiversity } from '../../../core/diversity.js';
import { correlation, mean } from '../../../core/numeric.js';
import { pairTable } from '../pairs.js';

type Rows = readonly ArrayLike<number>[];

const centred = (row: ArrayLike<number>): Float64Array => {
  const level = mean(row);
  return Float64Array.from(row, (value) => value - level);
};

/** Mean correlation over all pairs of forecasters, without forming the pairs; those that do not vary are left out.
 * @formula mean_{i<j} corr(f_i, f_j) = (‖Σ uᵢ‖² − n)/(n(n−1)), u = standardised forecasts
 * @shape   forecasts (m) rows of equal length (probes, assets or days)
 * @range   −1/(m−1) ≤ mean ≤ 1; NaN below two forecasters that vary
 */
export function meanForecastCorrelation(forecasts: Rows): number {
  const width = forecasts[0]!.length;
  const flat = new Float64Array(forecasts.length * width);
  forecasts.forEach((row, i) => flat.set(centred(row), i * width));
  return meanCosine(flat, width);
}

/** How alike two forecasters are: their correlation, 0 where it is negative or undefined, 1 for the same one. */
export function forecastSimilarity(forecasts: Rows): Float64Array {
  const like = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
    const value = a === b ? 1 : correlation(a, b);
    return value > 0 ? value : 0;
  };
  return Float64Array.from(pairTable(forecasts, like).flat());
}

/** Effective number of models: how many unlike, equally weighty forecasters would be as diverse as these.
 * @formula Leinster-Cobbold diversity, Z_ij = max(0, corr(f_i, f_j))
 * @shape   forecasts (m) rows; shares (m), sum to 1
 * @range   1 ≤ D ≤ m
 * @source  Leinster & Cobbold 2012, Ecology 93(3)
 * @pitfall with few probes, chance correlation lowers D even for independent models
 */
export const effectiveForecasters = (forecasts: Rows, shares: ArrayLike<number>, order: number): number =>
  similarityDiversity(shares, forecastSimilarity(forecasts), order);

const input = z
  .strictObject({ forecasts: matrix, aum: nonNegativeVector.optional() })
  .superRefine(({ forecasts, aum }, context) => {
    requireLength(context, ['aum'], aum, forecasts.length, 'forecasts');
    if (aum !== undefined && !(aum.reduce((sum, value) => sum + value, 0) > 0))
      context.addIssue({ code: 'custom', path: ['aum'], message: 'must have a positive sum' });
    forecasts.forEach((row, i) => {
      if (row.every((value) => value === row[0]))
        context.addIssue({
          code: 'custom',
          path: ['forecasts', i],
          message: 'does not vary: it has no correlation',
        });
    });
  });

function compute({ forecasts, aum }: z.infer<typeof input>) {
  const shares = sharesOf(aum ?? forecasts.map(() => 1));
  const at = (order: number): number => effectiveForecasters(forecasts, shares, order);
  return {
    correlation: pairTable(forecasts, correlation),
    meanCorrelation: forecasts.length < 2 ? null : meanForecastCorrelation(forecasts),
    effectiveNumber: { 1: at(1), 2: at(2) },
  };
}

export const forecastSimilarityMeasure = measure({
  summary: 'Forecast similarity: correlation of every pair, and the effective number of models behind them.',
  formula: 'corr(f_i, f_j); Leinster-Cobbold D_q with Z = max(0, corr), q = 1 and 2',
  range: 'correlation [−1, 1]; effective number [1, models]',
  source: 'Leinster & Cobbold 2012, Ecology 93(3)',
  pitfall: 'With few columns, chance correlation lowers the effective number even for independent models.',
  input,
  table: 'forecasts',
  example: {
    forecasts: [
      [0.1, -0.2, 0.3, 0],
      [0.2, -0.1, 0.2, 0.1],
      [-0.3, 0.1, 0.1, 0.2],
    ],
    aum: [2, 1, 1],
  },
  compute,
});
