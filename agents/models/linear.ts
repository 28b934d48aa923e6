import { z } from 'zod';
import { openEngine } from '../learning/engine.js';
import { zeros } from '../learning/initialisers.js';
import { affine } from '../learning/operations/index.js';
import { parameter } from '../learning/trace.js';
import { tracedCohort } from '../learning/traced-cohort.js';
import { architecture } from './architecture.js';
import { training, trainingOptions } from './training-options.js';

/** Linear regression by stochastic gradient. */
export const linear = architecture({
  summary: 'Linear regression of the standardised return on the features',
  source: 'Gu, Kelly & Xiu 2020, Empirical Asset Pricing via Machine Learning',
  interpretability: 'white-box',
  uncertainty: 'running deviation of its errors in training',
  federates: 'average',
  options: z.strictObject(trainingOptions),
  create: ({ features, window }, options, size, engine = openEngine()) =>
    tracedCohort(
      {
        architecture: 'linear',
        rowWidth: features * window,
        rowsPerSample: 1,
        representationWidth: 0,
        forward: (trace, inputs) => ({
          mean: affine(
            inputs,
            parameter(trace, 'weights', features * window, 1, zeros),
            parameter(trace, 'bias', 1, 1, zeros),
          ),
        }),
        ...training(options),
      },
      size,
      engine,
    ),
});
