import { z } from 'zod';
import { count } from '../../../core/measure-input.js';
import { field } from '../../../core/scenario/field.js';
import type { CovarianceEstimator } from './estimator.js';
import { riskModels } from './risk-models.js';

/** When an institution estimates its covariance, and on how much of the past. */
export interface Estimation {
  readonly estimator: keyof typeof riskModels;
  readonly days: number;
  readonly every: number;
}

const timing = {
  days: field(
    count.min(2).max(2520).default(252),
    'Past returns that it is estimated on; fewer while there are fewer.',
    'days',
  ),
  every: field(
    count.max(2520).default(21),
    'Days that an estimate stands before a decision makes a new one.',
    'days',
  ),
};

/** Every risk model that an institution may name, with when it is estimated among its options. */
export const seatRiskModels = Object.fromEntries(
  Object.entries<CovarianceEstimator>(riskModels).map(([name, { summary, source, options }]) => [
    name,
    { summary, source, options: z.strictObject({ ...options.shape, ...timing }) },
  ]),
);
