import { z } from 'zod';
import { openEngine } from '../learning/engine.js';
import { heNormal, zeros } from '../learning/initialisers.js';
import { affine, affineRelu } from '../learning/operations/index.js';
import type { Tensor } from '../learning/tensor.js';
import type { Trace } from '../learning/trace.js';
import { parameter } from '../learning/trace.js';
import { tracedCohort } from '../learning/traced-cohort.js';
import { architecture } from './architecture.js';
import { training, trainingOptions } from './training-options.js';

function layer(trace: Trace, name: string, inputs: number, outputs: number): [Tensor, Tensor] {
  return [
    parameter(trace, `${name} weights`, inputs, outputs, heNormal),
    parameter(trace, `${name} bias`, 1, outputs, zeros),
  ];
}

/** Rectified layers of the given widths on top of each other; returns the last. */
export function hiddenLayers(trace: Trace, inputs: Tensor, widths: readonly number[]): Tensor {
  return widths.reduce(
    (below, width, i) => affineRelu(below, ...layer(trace, `layer ${i + 1}`, below.columns, width)),
    inputs,
  );
}

/** A linear read-out of one column. */
export const readout = (trace: Trace, hidden: Tensor): Tensor =>
  affine(hidden, ...layer(trace, 'output', hidden.columns, 1));

/** Feed-forward network of rectified layers. */
export const mlp = architecture({
  summary: 'Feed-forward network of rectified layers',
  source: 'Gu, Kelly & Xiu 2020, Empirical Asset Pricing via Machine Learning',
  interpretability: 'black-box',
  uncertainty: 'running deviation of its errors in training',
  federates: 'average',
  options: z.strictObject({
    ...trainingOptions,
    hidden: z
      .array(z.int().min(1).max(4096))
      .min(1)
      .max(8)
      .default([32, 16])
      .describe('Width of each hidden layer, first to last'),
  }),
  create: ({ features, window }, options, size, engine = openEngine()) =>
    tracedCohort(
      {
        architecture: 'mlp',
        rowWidth: features * window,
        rowsPerSample: 1,
        representationWidth: options.hidden.at(-1)!,
        forward: (trace, inputs) => {
          const representation = hiddenLayers(trace, inputs, options.hidden);
          return { mean: readout(trace, representation), representation };
        },
        ...training(options),
      },
      size,
      engine,
    ),
});
