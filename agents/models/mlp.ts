import { z } from 'zod';
import { field } from '../../core/scenario/field.js';
import type { Cohort } from '../learning/cohort.js';
import type { Engine } from '../learning/engine.js';
import type { Tensor } from '../learning/tensor.js';
import type { Trace } from '../learning/trace.js';
import { architecture, type InputShape } from './architecture.js';
import { hiddenLayers, readout } from './layers.js';
import { networkCohort } from './network-cohort.js';
import { trainedOptions, type TrainingOptions } from './training-options.js';

/** Options of a stack of hidden layers. */
export const hiddenOption = {
  hidden: field(
    z.array(z.int().min(1).max(4096)).min(1).max(8).default([32, 16]),
    'Width of each hidden layer, first to last',
    'count',
  ),
};

interface MlpOptions extends TrainingOptions {
  readonly hidden: readonly number[];
}

/** A cohort of feed-forward networks, under the name of the architecture that asks for it. */
export function mlpCohort(
  name: string,
  shape: InputShape,
  options: MlpOptions,
  size: number,
  engine?: Engine,
): Cohort {
  const forward = (trace: Trace, inputs: Tensor) => {
    const representation = hiddenLayers(trace, inputs, options.hidden);
    return { mean: readout(trace, representation), representation };
  };
  return networkCohort(name, shape, options.hidden.at(-1)!, options, forward, size, engine);
}

/** Feed-forward network of rectified layers. */
export const mlp = architecture({
  summary: 'Feed-forward network of rectified layers',
  source: 'Gu, Kelly & Xiu 2020, Empirical Asset Pricing via Machine Learning',
  interpretability: 'black-box',
  uncertainty: 'running deviation of its errors in training',
  federates: 'average',
  learns: 'by gradient',
  options: trainedOptions(hiddenOption),
  create: (shape, options, size, engine) => mlpCohort('mlp', shape, options, size, engine),
});
