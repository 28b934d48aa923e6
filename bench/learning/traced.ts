import { backward } from '../../agents/learning/backward.js';
import type { Backend } from '../../agents/learning/backend.js';
import { glorotUniform, zeros } from '../../agents/learning/initialisers.js';
import { affine, affineRelu, meanSquaredError } from '../../agents/learning/operations/index.js';
import { adam } from '../../agents/learning/optimisers.js';
import type { Program } from '../../agents/learning/program.js';
import { assemble } from '../../agents/learning/program.js';
import type { Tensor } from '../../agents/learning/tensor.js';
import type { Trace } from '../../agents/learning/trace.js';
import { input, openTrace, parameter } from '../../agents/learning/trace.js';
import { daysOf } from '../../agents/models/layers.js';
import { lstmForward } from '../../agents/models/lstm.js';
import { transformerForward } from '../../agents/models/transformer.js';
import { stream } from '../../core/random.js';
import type { Contender } from './timing.js';

/** A training step on inputs and targets of a fixed shape. */
export function stepOf(
  rows: number,
  width: number,
  outputs: number,
  forward: (trace: Trace, x: Tensor) => Tensor,
): Program {
  const trace = openTrace();
  const prediction = forward(trace, input(trace, 'data', 'x', rows, width));
  const loss = meanSquaredError(prediction, input(trace, 'data', 'y', rows, outputs));
  const scalars = input(trace, 'shared', 'scalars', 1, 4);
  backward(loss);
  adam(0).emit(trace, scalars);
  return assemble(trace);
}

export const dense = (trace: Trace, name: string, inputs: number, outputs: number): [Tensor, Tensor] => [
  parameter(trace, `${name}.w`, inputs, outputs, glorotUniform),
  parameter(trace, `${name}.b`, 1, outputs, zeros),
];

/** The yardstick network: 24 -> 32 -> 16 -> 8, minibatches of 32. */
export const mlpStep = (): Program =>
  stepOf(32, 24, 8, (trace, x) => {
    const first = affineRelu(x, ...dense(trace, '1', 24, 32));
    const second = affineRelu(first, ...dense(trace, '2', 32, 16));
    return affine(second, ...dense(trace, '3', 16, 8));
  });

/** The recurrent yardstick: 20 days of 8 numbers, 16 hidden units, 8 outputs, minibatches of 32. */
export const lstmStep = (): Program =>
  stepOf(32, 160, 8, (trace, x) =>
    affine(lstmForward(trace, daysOf(x, 20), 16), ...dense(trace, 'out', 16, 8)),
  );

/** The attending yardstick: 20 days of 8 numbers, one block of width 16 with 2 heads, 8 outputs, minibatches of 32. */
export const transformerStep = (): Program =>
  stepOf(32, 160, 8, (trace, x) => {
    const shape = { window: 20, width: 16, heads: 2, layers: 1, span: 20 };
    return affine(transformerForward(trace, x, shape), ...dense(trace, 'out', 16, 8));
  });

/** Many agents in one memory, all taking five steps on their own minibatch. */
export function crowd(
  name: string,
  backend: Backend,
  program: Program,
  agents: number,
  steps = 5,
): Contender {
  const { sizes, code } = program;
  const lengths = [
    3 * agents * sizes.parameter,
    agents * sizes.data,
    sizes.shared,
    sizes.scratch,
    sizes.parameter,
    code.length,
  ];
  const starts: number[] = [];
  const total = lengths.reduce((at, n) => (starts.push(at), (at + n + 15) & ~15), backend.reservedBytes / 4);
  const [block, data, shared, scratch, gradient, codeAt] = starts as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const bank = backend.open();
  bank.grow(4 * total + 65536);
  const memory = new Float32Array(bank.buffer());
  const draws = stream({ seed: 1, purpose: 'bench' });
  for (let agent = 0; agent < agents; agent++)
    for (let i = 0; i < sizes.parameter; i++)
      memory[block + agent * 3 * sizes.parameter + i] = 0.3 * (draws.uniform() - 0.5);
  for (let i = 0; i < agents * sizes.data; i++) memory[data + i] = 2 * draws.uniform() - 1;
  memory.set([1e-3, 1e-8, 1, 0], shared);
  new Int32Array(bank.buffer()).set(code, codeAt);
  const strides = { blockStride: 3 * sizes.parameter, dataStride: sizes.data, sharedStride: 0 };
  const places = { code: codeAt, block, data, shared, scratch, gradient, record: block };
  // Steps are separate calls on the same minibatch: each agent's whole turn stays together as in training.
  const once = { ...program, sizes: { ...sizes, data: 0, record: 0 } };
  const run = () => bank.run({ program: once, agents, steps, ...strides, ...places });
  return { name, work: agents * steps, run };
}
