import type { CovarianceEstimator } from './estimator.js';
import { dcc } from './dcc.js';
import { exponential } from './exponential.js';
import { factor } from './factor.js';
import { garch } from './garch.js';
import { graphicalLasso } from './graphical-lasso.js';
import { ledoitWolfConstantCorrelation } from './ledoit-wolf-constant-correlation.js';
import { ledoitWolf } from './ledoit-wolf.js';
import { oas } from './oas.js';
import { sample } from './sample.js';

/** Every covariance estimator, by name. */
export const covarianceEstimators = {
  sample,
  exponential,
  'ledoit-wolf': ledoitWolf,
  'ledoit-wolf-constant-correlation': ledoitWolfConstantCorrelation,
  oas,
  'graphical-lasso': graphicalLasso,
  factor,
  garch,
  dcc,
} satisfies Record<string, CovarianceEstimator>;

export type CovarianceEstimatorName = keyof typeof covarianceEstimators;
