import type { CovarianceEstimator } from './estimator.js';
import { covarianceEstimators } from './index.js';
import { lstmVolatility } from './lstm-volatility.js';

/** Every risk model that a plan may name: the estimators of the measure, and the one that trains a network. */
export const riskModels = {
  ...covarianceEstimators,
  'lstm-volatility': lstmVolatility,
} satisfies Record<string, CovarianceEstimator>;
