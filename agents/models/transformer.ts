import { z } from 'zod';
import { field } from '../../core/scenario/field.js';
import { lookbackOption } from './lookback.js';
import { glorotUniform, heNormal } from '../learning/initialisers.js';
import {
  add,
  addRow,
  affineRelu,
  attention,
  daysAsRows,
  lastOfEach,
  reshape,
} from '../learning/operations/index.js';
import type { Tensor } from '../learning/tensor.js';
import { parameter, type Trace } from '../learning/trace.js';
import { architecture } from './architecture.js';
import { normalised, projection, readout, weightsAndBias } from './layers.js';
import { networkCohort } from './network-cohort.js';
import { trainedOptions } from './training-options.js';

interface Shape {
  readonly window: number;
  readonly width: number;
  readonly heads: number;
  readonly layers: number;
  readonly span: number;
}

/** Days embedded in `width` numbers each, plus what is learnt about their place in the window. */
function embedded(trace: Trace, inputs: Tensor, { window, width }: Shape): Tensor {
  const days = projection(trace, 'embedding', daysAsRows(inputs, window), width);
  const places = parameter(trace, 'places', 1, window * width, glorotUniform);
  return reshape(addRow(reshape(days, inputs.rows, window * width), places), inputs.rows * window, width);
}

/** One block: attention, then a rectified layer, each added to what it was given (pre-norm). */
function block(trace: Trace, name: string, days: Tensor, { window, width, heads, span }: Shape): Tensor {
  const given = normalised(trace, `${name} attention norm`, days);
  const [queries, keys, values] = ['queries', 'keys', 'values'].map((part) =>
    projection(trace, `${name} ${part}`, given, width),
  );
  const attended = attention(queries!, keys!, values!, { length: window, heads, span });
  const mixed = add(days, projection(trace, `${name} mixing`, attended, width));
  const inner = affineRelu(
    normalised(trace, `${name} layer norm`, mixed),
    ...weightsAndBias(trace, `${name} inner`, width, 2 * width, heNormal),
  );
  return add(mixed, projection(trace, `${name} outer`, inner, width));
}

/** What is known of the last day after every block has looked at the days before it. */
export function transformerForward(trace: Trace, inputs: Tensor, shape: Shape): Tensor {
  const names = Array.from({ length: shape.layers }, (_, i) => `block ${i + 1}`);
  const days = names.reduce(
    (below, name) => block(trace, name, below, shape),
    embedded(trace, inputs, shape),
  );
  return normalised(trace, 'last norm', lastOfEach(days, shape.window));
}

/** Causal self-attention over the window. */
export const transformer = architecture({
  summary: 'Causal self-attention over a window of days',
  source: 'Vaswani et al. 2017, Attention Is All You Need; Beltagy et al. 2020, Longformer (local attention)',
  interpretability: 'black-box',
  uncertainty: 'running deviation of its errors in training',
  federates: 'average',
  learns: 'by gradient',
  options: trainedOptions({
    ...lookbackOption(20),
    width: field(
      z.int().min(4).max(512).default(16),
      'Numbers a day is embedded in, a multiple of 4 heads',
      'count',
    ),
    heads: field(z.int().min(1).max(16).default(2), 'Attention heads', 'count'),
    layers: field(z.int().min(1).max(8).default(1), 'Blocks on top of each other', 'count'),
    span: field(
      z.int().min(1).optional(),
      'Local attention: days a day looks back, itself included; without it, the whole window',
      'days',
    ),
  })
    .refine(({ width, heads }) => width % (4 * heads) === 0, {
      path: ['width'],
      message: 'must be a multiple of 4 times heads',
    })
    .refine(({ span, lookback }) => span === undefined || span <= lookback, {
      path: ['span'],
      message: 'must not exceed lookback',
    }),
  create: (shape, { width, heads, layers, span = shape.window, ...options }, size, engine) =>
    networkCohort(
      'transformer',
      shape,
      width,
      options,
      (trace, inputs) => {
        const representation = transformerForward(trace, inputs, {
          window: shape.window,
          width,
          heads,
          layers,
          span,
        });
        return { mean: readout(trace, representation), representation };
      },
      size,
      engine,
    ),
});
