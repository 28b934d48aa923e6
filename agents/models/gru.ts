import { z } from 'zod';
import { field } from '../../core/scenario/field.js';
import { lookbackOption } from './lookback.js';
import { glorotUniform } from '../learning/initialisers.js';
import {
  add,
  affine,
  affineSum,
  constant,
  multiply,
  sigmoid,
  subtract,
  tanh,
} from '../learning/operations/index.js';
import type { Tensor } from '../learning/tensor.js';
import { parameter, type Trace } from '../learning/trace.js';
import { architecture } from './architecture.js';
import { daysOf, readout, weightsAndBias } from './layers.js';
import { networkCohort } from './network-cohort.js';
import { trainedOptions } from './training-options.js';

/** One gate's weights on the day, on the hidden state, and its bias, applied to both. */
function gate(trace: Trace, name: string, day: Tensor, hidden: Tensor): Tensor {
  const width = hidden.columns;
  const fromHidden = parameter(trace, `${name} hidden weights`, width, width, glorotUniform);
  return affineSum(day, ...weightsAndBias(trace, name, day.columns, width), hidden, fromHidden);
}

/** @formula h' = n + z (h - n), n = tanh(W x + b + r (U h + c)) */
function gruCell(trace: Trace, day: Tensor, hidden: Tensor): Tensor {
  const width = hidden.columns;
  const update = sigmoid(gate(trace, 'update', day, hidden));
  const reset = sigmoid(gate(trace, 'reset', day, hidden));
  const remembered = affine(hidden, ...weightsAndBias(trace, 'candidate hidden', width, width));
  const seen = affine(day, ...weightsAndBias(trace, 'candidate', day.columns, width));
  const candidate = tanh(add(seen, multiply(reset, remembered)));
  return add(candidate, multiply(update, subtract(hidden, candidate)));
}

/** Gated recurrent unit over the window. */
export const gru = architecture({
  summary: 'Gated recurrent unit over a window of days',
  source: 'Cho et al. 2014, Learning Phrase Representations using RNN Encoder-Decoder',
  interpretability: 'black-box',
  uncertainty: 'running deviation of its errors in training',
  federates: 'average',
  learns: 'by gradient',
  options: trainedOptions({
    ...lookbackOption(20),
    width: field(z.int().min(4).max(512).multipleOf(4).default(16), 'Hidden units, a multiple of 4', 'count'),
  }),
  create: (shape, options, size, engine) =>
    networkCohort(
      'gru',
      shape,
      options.width,
      options,
      (trace, inputs) => {
        const start = constant(trace, 0, inputs.rows, options.width);
        const step = (hidden: Tensor, day: Tensor) => gruCell(trace, day, hidden);
        const representation = daysOf(inputs, shape.window).reduce(step, start);
        return { mean: readout(trace, representation), representation };
      },
      size,
      engine,
    ),
});
