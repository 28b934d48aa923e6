import { z } from 'zod';
import { count, matrix, requireLength, squareMatrix } from '../../../core/measure-input.js';
import { MeasureInputError, measure } from '../../../core/measure.js';
import { fromRows, toRows } from '../../../core/linear.js';
import { scaledCholesky } from '../../../core/scaled-cholesky.js';
import {
  generalizedShocks,
  movingAverage,
  varianceDecomposition,
  type ShockMatrix,
} from './variance-decomposition.js';
import { vectorAutoregression, type VectorAutoregression } from './vector-autoregression.js';

/** What others give to each, each gives to others, and how connected all are, from a table in percent.
 * @formula FROM_i = Σ_{j≠i} C_ij, TO_j = Σ_{i≠j} C_ij, NET = TO − FROM, total = Σ FROM / k (corrected: / (k−1))
 * @source  Diebold & Yilmaz 2012, International Journal of Forecasting 28(1); Chatziantoniou & Gabauer 2021 (corrected)
 */
export function spillovers(table: readonly (readonly number[])[]) {
  const k = table.length;
  const others = (cells: readonly number[], own: number): number =>
    cells.reduce((sum, cell, j) => (j === own ? sum : sum + cell), 0);
  const from = table.map(others);
  const to = table.map((_, j) =>
    others(
      table.map((row) => row[j]!),
      j,
    ),
  );
  const all = from.reduce((sum, value) => sum + value, 0);
  return {
    from,
    to,
    net: to.map((value, i) => value - from[i]!),
    total: all / k,
    totalCorrected: all / (k - 1),
  };
}

const decompositions = {
  generalized: generalizedShocks,
  cholesky: (sigma: Float64Array, k: number): ShockMatrix => {
    const factored = scaledCholesky(sigma, k);
    if (factored === null)
      throw new MeasureInputError('is not positive definite, so it has no Cholesky factor', ['covariance']);
    return factored.lower;
  },
} satisfies Record<string, (sigma: Float64Array, k: number) => ShockMatrix>;

export const decompositionNames = Object.keys(decompositions) as (keyof typeof decompositions)[];

const normalised = (row: readonly number[]): number[] => {
  const sum = row.reduce((all, value) => all + value, 0);
  return row.map((value) => value / sum);
};

const input = z
  .strictObject({
    returns: matrix.optional(),
    coefficients: z.array(squareMatrix).min(1, 'must not be empty').optional(),
    covariance: squareMatrix.optional(),
    lags: count.optional(),
    horizon: count.max(100_000, 'must be at most 100000'),
    decomposition: z
      .enum(decompositionNames, `must be one of ${decompositionNames.join(', ')}`)
      .default('generalized'),
    normalise: z.boolean('must be true or false').default(true),
  })
  .superRefine((given, context) => {
    const refuse = (path: (string | number)[], message: string): void =>
      context.addIssue({ code: 'custom', path, message });
    if ((given.returns === undefined) === (given.coefficients === undefined))
      return refuse(['returns'], 'give either returns, or coefficients and covariance');
    if (given.returns !== undefined) checkReturns(given.returns, given, refuse);
    else checkSystem(given.coefficients!, given, context, refuse);
  });

type Refuse = (path: (string | number)[], message: string) => void;
interface Given {
  readonly lags?: number | undefined;
  readonly covariance?: number[][] | undefined;
}

function checkReturns(returns: number[][], { lags, covariance }: Given, refuse: Refuse): void {
  const k = returns[0]!.length;
  if (k < 2) refuse(['returns'], 'needs at least 2 series (columns)');
  if (covariance !== undefined)
    refuse(['covariance'], 'is estimated from returns: give it with coefficients only');
  if (lags === undefined) return refuse(['lags'], 'is required with returns');
  const least = (k + 1) * lags + 2;
  if (returns.length < least)
    refuse(['returns'], `has ${returns.length} rows, but ${lags} lags of ${k} series need at least ${least}`);
}

function checkSystem(
  coefficients: number[][][],
  { lags, covariance }: Given,
  context: z.core.$RefinementCtx,
  refuse: Refuse,
): void {
  const k = coefficients[0]!.length;
  if (k < 2) refuse(['coefficients', 0], 'needs at least 2 variables');
  coefficients.forEach((a, l) => requireLength(context, ['coefficients', l], a, k, 'the first lag'));
  if (lags !== undefined && lags !== coefficients.length)
    refuse(['lags'], `is ${lags}, but coefficients has ${coefficients.length} matrices`);
  if (covariance === undefined) return refuse(['covariance'], 'is required with coefficients');
  requireLength(context, ['covariance'], covariance, k, 'coefficients');
  covariance.forEach((row, i) => {
    if (!(row[i]! > 0)) refuse(['covariance', i, i], 'must be a positive variance');
    row.forEach((value, j) => {
      const other = covariance[j]?.[i] ?? value;
      if (j < i && Math.abs(value - other) > 1e-9 * Math.max(Math.abs(value), Math.abs(other)))
        refuse(['covariance', i, j], `is ${value} where its mirror is ${other}: it must be symmetric`);
    });
  });
}

function system({ returns, coefficients, covariance, lags }: z.infer<typeof input>): VectorAutoregression {
  if (returns === undefined)
    return { coefficients: coefficients!.map((a) => fromRows(a)), covariance: fromRows(covariance!) };
  const fitted = vectorAutoregression(returns, lags!);
  if (fitted !== null) return fitted;
  throw new MeasureInputError('a series is constant or a combination of others and of lags', ['returns']);
}

/** How shocks are told apart, and how far ahead. */
export interface Decomposing {
  readonly decomposition: keyof typeof decompositions;
  readonly horizon: number;
  readonly normalise: boolean;
}

/** The table of whose shocks explain whose variance, in percent, and its sums, of an autoregression. */
export function connectednessOf(
  { coefficients, covariance }: VectorAutoregression,
  { decomposition, horizon, normalise }: Decomposing,
) {
  const k = Math.sqrt(covariance.length);
  const shocks = decompositions[decomposition](covariance, k);
  const shares = varianceDecomposition(movingAverage(coefficients, k, horizon), covariance, shocks, k);
  const theta = toRows(shares, k, k);
  const table = (normalise ? theta.map(normalised) : theta).map((row) => row.map((value) => 100 * value));
  return { table, ...spillovers(table) };
}

const compute = (given: z.infer<typeof input>) => connectednessOf(system(given), given);

export const connectedness = measure({
  summary: 'Diebold-Yilmaz connectedness: whose shocks explain whose forecast error variance.',
  formula: "θ_ij = σ_jj⁻¹ Σ_h (e_i'Φ_hΣe_j)² / Σ_h e_i'Φ_hΣΦ_h'e_i, h = 0..H−1, rows normalised, in percent",
  range: 'table [0, 100], rows sum to 100 when normalised; total [0, 100]',
  source:
    'Diebold & Yilmaz 2012, International Journal of Forecasting 28(1); Pesaran & Shin 1998, Economics Letters 58(1)',
  pitfall:
    'A horizon of H takes Φ₀ to Φ_{H−1}; some packages take one more. FROM sums rows, TO sums columns, without ' +
    'the diagonal. The Cholesky decomposition depends on the order of the series.',
  input,
  table: 'returns',
  example: {
    coefficients: [
      [
        [0.5, 0.1],
        [0.2, 0.4],
      ],
    ],
    covariance: [
      [1, 0.3],
      [0.3, 2],
    ],
    horizon: 10,
  },
  compute,
});
