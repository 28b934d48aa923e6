import { z } from 'zod';
import { architecture } from './architecture.js';
import { hiddenLayers, readout } from './layers.js';
import { networkCohort } from './network-cohort.js';
import { trainingOptions } from './training-options.js';

/** Options of a stack of hidden layers. */
export const hiddenOption = {
  hidden: z
    .array(z.int().min(1).max(4096))
    .min(1)
    .max(8)
    .default([32, 16])
    .describe('Width of each hidden layer, first to last'),
};

/** Feed-forward network of rectified layers. */
export const mlp = architecture({
  summary: 'Feed-forward network of rectified layers',
  source: 'Gu, Kelly & Xiu 2020, Empirical Asset Pricing via Machine Learning',
  interpretability: 'black-box',
  uncertainty: 'running deviation of its errors in training',
  federates: 'average',
  options: z.strictObject({ ...trainingOptions, ...hiddenOption }),
  create: (shape, options, size, engine) =>
    networkCohort(
      'mlp',
      shape,
      options.hidden.at(-1)!,
      options,
      (trace, inputs) => {
        const representation = hiddenLayers(trace, inputs, options.hidden);
        return { mean: readout(trace, representation), representation };
      },
      size,
      engine,
    ),
});
