import { parameterVector } from '../../../agents/learning/backward.js';
import { heNormal } from '../../../agents/learning/initialisers.js';
import * as op from '../../../agents/learning/operations/index.js';
import type { Tensor } from '../../../agents/learning/tensor.js';
import type { Trace } from '../../../agents/learning/trace.js';
import { input, parameter } from '../../../agents/learning/trace.js';
import { checkGradients, type CheckOptions } from './gradient-check.js';

/** A loss that weighs every entry differently, so that no entry's gradient hides behind another's. */
function weighed(trace: Trace, value: Tensor): Tensor {
  return op.dot(value, input(trace, 'shared', 'weighing', value.rows, value.columns));
}

const p = (trace: Trace, name: string, rows: number, columns: number): Tensor =>
  parameter(trace, name, rows, columns, heNormal);

type Case = [name: string, build: (trace: Trace) => Tensor, options?: CheckOptions];

const positive: CheckOptions = { draw: (normal) => 0.5 + Math.abs(normal) };

const cases: Case[] = [
  ['matmul', (t) => weighed(t, op.matmul(p(t, 'a', 3, 5), p(t, 'b', 5, 6)))],
  [
    'matmul of a view',
    (t) => weighed(t, op.matmul(op.sliceColumns(input(t, 'data', 'x', 5, 9), 2, 5), p(t, 'b', 3, 2))),
  ],
  ['affine', (t) => weighed(t, op.affine(p(t, 'a', 5, 3), p(t, 'w', 3, 7), p(t, 'b', 1, 7)))],
  ['affineRelu', (t) => weighed(t, op.affineRelu(p(t, 'a', 5, 3), p(t, 'w', 3, 7), p(t, 'b', 1, 7)))],
  [
    'affineSum',
    (t) =>
      weighed(
        t,
        op.affineSum(p(t, 'a', 2, 3), p(t, 'w', 3, 5), p(t, 'b', 1, 5), p(t, 'c', 2, 4), p(t, 'v', 4, 5)),
      ),
  ],
  ['addRow', (t) => weighed(t, op.addRow(p(t, 'a', 3, 5), p(t, 'row', 1, 5)))],
  ['add', (t) => weighed(t, op.add(p(t, 'a', 3, 5), p(t, 'b', 3, 5)))],
  ['subtract', (t) => weighed(t, op.subtract(p(t, 'a', 3, 5), p(t, 'b', 3, 5)))],
  ['multiply', (t) => weighed(t, op.multiply(p(t, 'a', 3, 5), p(t, 'b', 3, 5)))],
  ['a square', (t) => weighed(t, op.multiply(p(t, 'a', 3, 5), p(t, 'a', 3, 5)))],
  ['divide', (t) => weighed(t, op.divide(p(t, 'a', 3, 5), p(t, 'b', 3, 5))), positive],
  ['scale', (t) => weighed(t, op.scale(p(t, 'a', 3, 5), -2.5))],
  ['scaleBy', (t) => weighed(t, op.scaleBy(p(t, 'a', 3, 5), p(t, 's', 1, 1)))],
  ['relu', (t) => weighed(t, op.relu(p(t, 'a', 3, 5)))],
  ['tanh', (t) => weighed(t, op.tanh(p(t, 'a', 3, 5)))],
  ['sigmoid', (t) => weighed(t, op.sigmoid(p(t, 'a', 3, 5)))],
  ['exp', (t) => weighed(t, op.exp(p(t, 'a', 3, 5)))],
  ['log', (t) => weighed(t, op.log(p(t, 'a', 3, 5))), positive],
  ['sum', (t) => op.multiply(op.sum(p(t, 'a', 3, 5)), op.sum(p(t, 'b', 2, 3)))],
  ['mean', (t) => op.multiply(op.mean(p(t, 'a', 3, 5)), op.mean(p(t, 'b', 2, 3)))],
  ['dot', (t) => op.dot(p(t, 'a', 3, 5), p(t, 'b', 3, 5))],
  ['broadcast', (t) => weighed(t, op.broadcast(p(t, 's', 1, 1), 3, 5))],
  ['softmax', (t) => weighed(t, op.softmax(p(t, 'a', 3, 6)))],
  ['layerNorm', (t) => weighed(t, op.layerNorm(p(t, 'a', 3, 6), p(t, 'gain', 1, 6), p(t, 'shift', 1, 6)))],
  ['mean squared error', (t) => op.meanSquaredError(p(t, 'a', 5, 3), input(t, 'data', 'y', 5, 3))],
  ['huber loss', (t) => op.huberLoss(p(t, 'a', 5, 3), input(t, 'data', 'y', 5, 3), 0.7)],
  ['sliceColumns', (t) => weighed(t, op.sliceColumns(p(t, 'a', 3, 7), 2, 5))],
  ['sliceRows', (t) => weighed(t, op.sliceRows(p(t, 'a', 6, 3), 2, 5))],
  ['concatColumns', (t) => weighed(t, op.concatColumns([p(t, 'a', 3, 2), p(t, 'b', 3, 5), p(t, 'a', 3, 2)]))],
  ['concatRows', (t) => weighed(t, op.concatRows([p(t, 'a', 2, 3), p(t, 'b', 1, 3)]))],
  [
    'all parameters as one row',
    (t) => {
      const loss = op.sum(op.matmul(p(t, 'a', 2, 3), p(t, 'b', 3, 2)));
      p(t, 'unused', 1, 3);
      const all = parameterVector(t);
      return op.add(loss, op.dot(all, all));
    },
  ],
  [
    'a strided view made contiguous',
    (t) =>
      weighed(t, op.multiply(op.sliceColumns(p(t, 'a', 3, 8), 1, 4), op.sliceColumns(p(t, 'a', 3, 8), 4, 7))),
  ],
  [
    'lstmCell over three steps',
    (t) => {
      let state = { hidden: p(t, 'h', 2, 4), cell: p(t, 'c', 2, 4) };
      for (let step = 0; step < 3; step++) {
        const gates = op.affine(state.hidden, p(t, 'w', 4, 16), p(t, 'b', 1, 16));
        state = op.lstmCell(gates, state.cell);
      }
      return weighed(t, state.hidden);
    },
  ],
  [
    'attention',
    (t) =>
      weighed(
        t,
        op.attention(p(t, 'q', 10, 8), p(t, 'k', 10, 8), p(t, 'v', 10, 8), { length: 5, heads: 2, span: 5 }),
      ),
  ],
  [
    'local attention',
    (t) =>
      weighed(
        t,
        op.attention(p(t, 'q', 10, 4), p(t, 'k', 10, 4), p(t, 'v', 10, 4), { length: 5, heads: 1, span: 2 }),
      ),
  ],
  ['daysAsRows', (t) => weighed(t, op.daysAsRows(p(t, 'a', 3, 10), 5))],
  ['lastOfEach', (t) => weighed(t, op.lastOfEach(p(t, 'a', 6, 5), 3))],
  ['reshape', (t) => weighed(t, op.reshape(op.scale(p(t, 'a', 4, 8), 2), 8, 4))],
];

describe('operations on traced tensors', () => {
  for (const [name, build, options] of cases)
    it(`${name}: gradient agrees with central differences`, () => checkGradients(build, options));
});
