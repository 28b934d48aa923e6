import { z } from 'zod';
import { matrix } from '../../../core/measure-input.js';
import { MeasureInputError, measure } from '../../../core/measure.js';
import { symmetricEigen } from '../../../core/linear.js';
import { mean, sum } from '../../../core/numeric.js';

type Rows = readonly (readonly number[])[];

/** How a composite index reads indicators: standardised, then weighted. */
export interface IndexWeights {
  readonly centre: readonly number[];
  readonly scale: readonly number[];
  readonly loadings: readonly number[];
  /** Share of all variance that the index holds. */
  readonly explained: number;
}

const column = (rows: Rows, j: number): number[] => rows.map((row) => row[j]!);

/** Weights of the first principal component of standardised indicators, its sign such that loadings sum to ≥ 0; null
 * where an indicator never varies.
 * @formula z = (x − μ)/σ; first eigenvector of the correlation matrix
 * @source  Hollo, Kremer & Lo Duca 2012, ECB Working Paper 1426 (composite stress indices); Pearson 1901
 * @pitfall all indicators should rise with stress: the sign is set by their sum
 */
export function fitIndex(indicators: Rows): IndexWeights | null {
  const [T, m] = [indicators.length, indicators[0]!.length];
  const centre = Array.from({ length: m }, (_, j) => mean(column(indicators, j)));
  const scale = centre.map((c, j) =>
    Math.sqrt(sum(column(indicators, j).map((x) => (x - c) ** 2)) / (T - 1)),
  );
  if (scale.some((s) => !(s > 0))) return null;
  const z = indicators.map((row) => row.map((x, j) => (x - centre[j]!) / scale[j]!));
  const correlation = Float64Array.from(
    { length: m * m },
    (_, at) => z.reduce((total, row) => total + row[Math.floor(at / m)]! * row[at % m]!, 0) / (T - 1),
  );
  const { values, vectors } = symmetricEigen(correlation, m);
  const first = Array.from({ length: m }, (_, j) => vectors[j * m]!);
  const sign = sum(first) < 0 ? -1 : 1;
  return { centre, scale, loadings: first.map((x) => sign * x), explained: values[0]! / m };
}

/** The index on rows that need not be those it was fitted on. */
export const applyIndex = (indicators: Rows, { centre, scale, loadings }: IndexWeights): number[] =>
  indicators.map((row) =>
    row.reduce((total, x, j) => total + (loadings[j]! * (x - centre[j]!)) / scale[j]!, 0),
  );

const input = z.strictObject({
  indicators: matrix.refine((rows) => rows.length >= 3, 'needs at least 3 days'),
});

export const stressIndex = measure({
  summary: 'Composite stress index: first principal component of standardised indicators.',
  formula: 'index_t = Σ_j w_j (x_tj − μ_j)/σ_j, w the first eigenvector of the correlations, Σw ≥ 0',
  range: 'mean 0; explained in [1/m, 1]',
  source: 'Hollo, Kremer & Lo Duca 2012, ECB Working Paper 1426; Pearson 1901',
  pitfall:
    'In sample. Indicators should all rise with stress; what varies most together dominates, stress or not.',
  input,
  table: 'indicators',
  example: {
    indicators: [
      [1, 2, 1],
      [2, 3, 1.5],
      [3, 5, 2],
      [2, 4, 3],
    ],
  },
  compute: ({ indicators }: z.infer<typeof input>) => {
    const weights = fitIndex(indicators);
    if (weights === null) throw new MeasureInputError('an indicator never varies', ['indicators']);
    const { loadings, explained } = weights;
    return { index: applyIndex(indicators, weights), loadings, explained };
  },
});
