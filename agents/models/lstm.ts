import { z } from 'zod';
import { field } from '../../core/scenario/field.js';
import { lookbackOption } from './lookback.js';
import { glorotUniform, type Initialiser } from '../learning/initialisers.js';
import { affine, affineSum, constant, lstmCell, type LstmState } from '../learning/operations/index.js';
import type { Tensor } from '../learning/tensor.js';
import { parameter, type Trace } from '../learning/trace.js';
import { architecture } from './architecture.js';
import { daysOf, readout } from './layers.js';
import { networkCohort } from './network-cohort.js';
import { trainedOptions } from './training-options.js';

/** Forget gates start open (bias 1), so that memory lasts before it is learnt: Jozefowicz et al. 2015. */
const openForgetGates: Initialiser = (_rows, columns) => {
  let column = 0;
  return () => {
    const quarter = Math.floor((4 * column++) / columns);
    return quarter === 1 ? 1 : 0;
  };
};

/** The hidden state after the last day. */
export function lstmForward(trace: Trace, days: readonly Tensor[], width: number): Tensor {
  const [first, ...later] = days;
  const fromInput = parameter(trace, 'input weights', first!.columns, 4 * width, glorotUniform);
  const fromHidden = parameter(trace, 'hidden weights', width, 4 * width, glorotUniform);
  const bias = parameter(trace, 'gate bias', 1, 4 * width, openForgetGates);
  const rows = first!.rows;
  const start: LstmState = lstmCell(affine(first!, fromInput, bias), constant(trace, 0, rows, width));
  return later.reduce(
    ({ hidden, cell }, day) => lstmCell(affineSum(day, fromInput, bias, hidden, fromHidden), cell),
    start,
  ).hidden;
}

/** Long short-term memory over the window. */
export const lstm = architecture({
  summary: 'Long short-term memory over a window of days',
  source:
    'Hochreiter & Schmidhuber 1997; Fischer & Krauss 2018, European Journal of Operational Research 270(2)',
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
      'lstm',
      shape,
      options.width,
      options,
      (trace, inputs) => {
        const representation = lstmForward(trace, daysOf(inputs, shape.window), options.width);
        return { mean: readout(trace, representation), representation };
      },
      size,
      engine,
    ),
});
