import { z } from 'zod';
import { covariance as sampleCovariance, fromRows } from '../../core/linear.js';
import { measure } from '../../core/measure.js';
import { index, matrix, positive, requireLength, squareMatrix, vector } from '../../core/measure-input.js';
import { mean, variance } from '../../core/numeric.js';
import { stream } from '../../core/random.js';
import { answering } from './answering.js';
import { fromTable } from './from-table.js';
import { riskShares } from './portfolio-risk.js';
import { strategies, type StrategyName } from './strategies.js';
import { StrategyFailed } from './strategy-failed.js';
import type { Strategy } from './strategy.js';
import type { ReturnHistory, View } from './view.js';

const names = Object.keys(strategies) as StrategyName[];

const variant = (name: StrategyName) =>
  z.strictObject({
    strategy: z.literal(name),
    returns: matrix
      .optional()
      .describe('Returns (T,k), one day a row; covariance with 1/(T−1), mean as forecast'),
    covariance: squareMatrix.optional().describe('Covariance (k,k), instead of returns'),
    correlation: squareMatrix.optional().describe('What is clustered on; need not match the covariance'),
    expectedReturns: vector.optional().describe('Forecasts (k); for black-litterman the prior'),
    benchmark: vector.optional().describe('Weights held without a view (k); absent: equal'),
    previousWeights: vector.optional().describe('Weights held now (k); absent: none'),
    wealthRatio: positive.optional().describe('Equity over its highest value so far; absent: 1'),
    seed: index.optional().describe('Seed of strategies that resample; absent: 1'),
    options: strategies[name].options.prefault({}).describe(strategies[name].summary),
  });

type Variant = ReturnType<typeof variant>;
type Input = z.output<Variant>;

const input = z
  .discriminatedUnion('strategy', names.map(variant) as [Variant, ...Variant[]])
  .superRefine((given, context) => {
    const { returns, covariance } = given;
    if ((returns === undefined) === (covariance === undefined))
      context.addIssue({ code: 'custom', path: ['returns'], message: 'give either returns or covariance' });
    const k = returns?.[0]?.length ?? covariance?.length ?? 0;
    const like = returns ? 'returns' : 'covariance';
    for (const key of ['correlation', 'expectedReturns', 'benchmark', 'previousWeights'] as const)
      requireLength(context, [key], given[key], k, like);
    for (const key of ['covariance', 'correlation'] as const) requireSymmetric(context, key, given[key]);
  });

function requireSymmetric(context: z.core.$RefinementCtx, key: string, rows: number[][] | undefined): void {
  if (rows === undefined || rows.some((row) => row.length !== rows.length)) return;
  const scale = Math.max(...rows.flat().map(Math.abs));
  for (let i = 0; i < rows.length; i++)
    for (let j = 0; j < i; j++)
      if (Math.abs(rows[i]![j]! - rows[j]![i]!) > 1e-9 * scale)
        return context.addIssue({
          code: 'custom',
          path: [key, i, j],
          message: `must be symmetric, but is ${rows[i]![j]!} here and ${rows[j]![i]!} across`,
        });
}

/** Target weights of a named strategy on given inputs. */
export const allocateMeasure = measure({
  summary: 'Target weights of a named allocation strategy.',
  formula: names.map((name) => `${name}: ${strategies[name].summary}`).join(' '),
  range: 'weights sum to 1 unless the strategy holds cash; riskShares sum to 1',
  source: names.map((name) => strategies[name].source).join('; '),
  pitfall: 'forecasts absent, sample means stand in for them: an allocation in sample is no evidence',
  input,
  example: {
    strategy: 'hierarchical-risk-parity',
    covariance: [
      [0.01, 0.016, 0.0015],
      [0.016, 0.04, 0.0045],
      [0.0015, 0.0045, 0.0225],
    ],
    options: { distance: 'direct' },
  },
  table: 'returns',
  compute: (given) => answering([given.covariance ? 'covariance' : 'returns'], () => answer(given)),
});

function answer(given: Input) {
  const view = viewOf(given);
  const strategy: Strategy = strategies[given.strategy];
  const weights = strategy.allocate(view, given.options);
  return {
    weights: Array.from(weights),
    riskShares: Array.from(riskShares(weights, view.covariance)),
    ...strategy.explain?.(view, given.options),
  };
}

function viewOf(given: Input): View {
  const history = given.returns && fromTable(given.returns);
  const k = (given.returns?.[0] ?? given.covariance!).length;
  const covariance = given.covariance ? fromRows(given.covariance) : fromHistory(history!);
  return {
    ...forecasts(given, k),
    covariance,
    riskAversion: 1,
    previousWeights: Float64Array.from(given.previousWeights ?? new Float64Array(k)),
    benchmark: Float64Array.from(given.benchmark ?? new Float64Array(k).fill(1 / k)),
    permitted: new Uint8Array(k).fill(1),
    wealthRatio: given.wealthRatio ?? 1,
    stream: stream({ seed: given.seed ?? 1, purpose: 'measure allocate' }),
    ...(history && { history }),
    ...(given.correlation && { correlation: fromRows(given.correlation) }),
    ...(given.expectedReturns && { prior: Float64Array.from(given.expectedReturns) }),
  };
}

function fromHistory({ rows, values }: ReturnHistory): Float64Array {
  const k = values.length / rows;
  if (rows < 2)
    throw new StrategyFailed(`${rows} observations are too few for a covariance: at least 2 are needed`);
  return sampleCovariance(values, rows, k, 1);
}

/** Forecasts and their standard errors: as given, else the sample's, else not a number. */
function forecasts(
  { returns, expectedReturns }: Input,
  k: number,
): Pick<View, 'expectedReturns' | 'uncertainty'> {
  const columns = Array.from({ length: k }, (_, j) => returns?.map((row) => row[j]!) ?? []);
  const means = columns.map((column) => (column.length === 0 ? NaN : mean(column)));
  const errors = columns.map((column) =>
    column.length < 2 ? NaN : Math.sqrt(variance(column, 1) / column.length),
  );
  return {
    expectedReturns: Float64Array.from(expectedReturns ?? means),
    uncertainty: Float64Array.from(errors),
  };
}
