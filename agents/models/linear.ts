import { z } from 'zod';
import { zeros } from '../learning/initialisers.js';
import { affine } from '../learning/operations/index.js';
import { architecture } from './architecture.js';
import { weightsAndBias } from './layers.js';
import { networkCohort } from './network-cohort.js';
import { trainingOptions } from './training-options.js';

/** Linear regression by stochastic gradient. */
export const linear = architecture({
  summary: 'Linear regression of the standardised return on the features',
  source: 'Gu, Kelly & Xiu 2020, Empirical Asset Pricing via Machine Learning',
  interpretability: 'white-box',
  uncertainty: 'running deviation of its errors in training',
  federates: 'average',
  options: z.strictObject(trainingOptions),
  create: (shape, options, size, engine) =>
    networkCohort(
      'linear',
      shape,
      0,
      options,
      (trace, inputs) => ({
        mean: affine(inputs, ...weightsAndBias(trace, 'output', inputs.columns, 1, zeros)),
      }),
      size,
      engine,
    ),
});
