import { z } from 'zod';
import { field } from '../../core/scenario/field.js';
import { openEngine } from '../learning/engine.js';
import { zeros } from '../learning/initialisers.js';
import { withLasso } from '../learning/lasso.js';
import { affine } from '../learning/operations/index.js';
import { tracedCohort } from '../learning/traced-cohort.js';
import { architecture } from './architecture.js';
import { weightsAndBias } from './layers.js';
import { training, trainedOptions } from './training-options.js';

/** Linear regression by stochastic gradient: ridge by weight decay, lasso by proximal steps, elastic net by both. */
export const linear = architecture({
  summary: 'Linear regression of the standardised return on the features; ridge, lasso or elastic net',
  source:
    'Gu, Kelly & Xiu 2020, Empirical Asset Pricing via Machine Learning; Zou & Hastie 2005 (elastic net)',
  interpretability: 'white-box',
  uncertainty: 'running deviation of its errors in training',
  federates: 'average',
  learns: 'by gradient',
  options: trainedOptions({
    lasso: field(
      z.number().min(0).default(0),
      'Weight of the sum of absolute weights in the loss, by proximal steps; needs optimiser sgd',
      'weight',
    ),
  }).refine(({ lasso, optimiser }) => lasso === 0 || optimiser === 'sgd', {
    path: ['lasso'],
    message: 'needs optimiser sgd: a proximal step is defined for plain gradient descent',
  }),
  create: ({ features, window }, { lasso, ...options }, size, engine = openEngine()) => {
    const { loss, optimiser } = training(options);
    return tracedCohort(
      {
        architecture: 'linear',
        rowWidth: features * window,
        rowsPerSample: 1,
        representationWidth: 0,
        loss,
        optimiser: lasso > 0 ? withLasso(optimiser, lasso) : optimiser,
        forward: (trace, inputs) => ({
          mean: affine(inputs, ...weightsAndBias(trace, 'output', inputs.columns, 1, zeros)),
        }),
      },
      size,
      engine,
    );
  },
});
