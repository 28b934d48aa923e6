import { z } from 'zod';
import { toRows } from '../../../core/linear.js';
import { measure } from '../../../core/measure.js';
import { matrix } from '../../../core/measure-input.js';
import { answering } from '../answering.js';
import { fromTable } from '../from-table.js';
import { covarianceEstimators, type CovarianceEstimatorName } from './index.js';

const names = Object.keys(covarianceEstimators) as CovarianceEstimatorName[];

const variant = (name: CovarianceEstimatorName) =>
  z.strictObject({
    returns: matrix.describe('Returns (T,k), one day a row, oldest first'),
    estimator: z.literal(name),
    ...covarianceEstimators[name].options.shape,
  });

type Variant = ReturnType<typeof variant>;

const input = z.discriminatedUnion('estimator', names.map(variant) as [Variant, ...Variant[]]);

/** Covariance of asset returns by a named estimator. */
export const covarianceMeasure = measure({
  summary: 'Covariance of asset returns by a named estimator.',
  formula: names.map((name) => `${name}: ${covarianceEstimators[name].summary}`).join(' '),
  range: 'symmetric, positive semidefinite; shrinkage in [0, 1]',
  source: names.map((name) => covarianceEstimators[name].source).join('; '),
  pitfall: 'sample divides by T − 1, exponential by the sum of weights, all others by T',
  input,
  example: {
    returns: [
      [0.01, 0.02, 0],
      [0.02, 0.01, 0.01],
      [0, 0.01, 0.03],
      [0.04, 0, 0.02],
      [0.03, 0.02, 0.01],
    ],
    estimator: 'ledoit-wolf',
  },
  table: 'returns',
  compute: ({ returns, estimator, ...options }) =>
    answering(['returns'], () => {
      const estimate = covarianceEstimators[estimator].estimate(fromTable(returns), options);
      const k = returns[0]!.length;
      return {
        covariance: toRows(estimate.covariance, k, k),
        ...(estimate.precision && { precision: toRows(estimate.precision, k, k) }),
        ...(estimate.shrinkage !== undefined && { shrinkage: estimate.shrinkage }),
      };
    }),
});
