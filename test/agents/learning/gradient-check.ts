import { expect } from 'chai';
import { stream } from '../../../core/random.js';
import { backward } from '../../../agents/learning/backward.js';
import { OPCODES } from '../../../agents/learning/instructions.js';
import { oracle } from '../../../agents/learning/oracle.js';
import type { Program } from '../../../agents/learning/program.js';
import { assemble } from '../../../agents/learning/program.js';
import type { Tensor } from '../../../agents/learning/tensor.js';
import type { Trace } from '../../../agents/learning/trace.js';
import { at, emit, openTrace } from '../../../agents/learning/trace.js';
import { runProgram } from './run-program.js';

/** Assembles loss and gradient; the loss lands in the record's first place. */
export function differentiate(build: (trace: Trace) => Tensor): Program {
  const trace = openTrace();
  const loss = build(trace);
  trace.sizes.record = 4;
  emit(trace, OPCODES.record, [loss.at, at({ space: 'record', size: 4, offset: 0, lifetime: 'kept' })]);
  backward(loss);
  return assemble(trace);
}

/** Indices of real (not padding) parameters in the padded block. */
export const realIndices = (
  declared: readonly { rows: number; columns: number; stride: number; offset: number }[],
): number[] =>
  declared.flatMap(({ rows, columns, stride, offset }) =>
    Array.from(
      { length: rows * columns },
      (_, i) => offset + Math.floor(i / columns) * stride + (i % columns),
    ),
  );

export interface CheckOptions {
  readonly draw?: (normal: number) => number;
  readonly step?: number;
}

/** Compares reverse-mode gradients with central differences, at parameters drawn by address. */
export function checkGradients(
  build: (trace: Trace) => Tensor,
  { draw = (normal) => normal, step = 0.0078125 }: CheckOptions = {},
): void {
  const program = differentiate(build);
  const draws = stream({ seed: 7, purpose: 'gradient-check' });
  const real = realIndices(program.parameters);
  const parameters = new Float32Array(program.sizes.parameter);
  for (const i of real) parameters[i] = draw(draws.normal());
  const drawn = (size: number, inputs: Parameters<typeof realIndices>[0]) => {
    const values = new Float32Array(size);
    for (const i of realIndices(inputs)) values[i] = draws.normal();
    return values;
  };
  const data = drawn(program.sizes.data, program.data);
  const shared = drawn(program.sizes.shared, program.shared);
  const evaluate = (values: Float32Array) =>
    runProgram(oracle, program, { parameters: values, data, shared });
  const { gradient } = evaluate(parameters);
  const scale = Math.max(...gradient.map(Math.abs));
  expect(scale, 'a gradient that is 0 everywhere checks nothing').to.be.greaterThan(0);
  for (const i of real) {
    const moved = (by: number) => evaluate(parameters.with(i, parameters[i]! + by)).record[0]!;
    const slope = (moved(step) - moved(-step)) / (2 * step);
    expect(gradient[i], `parameter ${i}`).to.be.closeTo(slope, 0.005 * scale + 0.02 * Math.abs(slope));
  }
  const padding = gradient.filter((value, i) => value !== 0 && !real.includes(i));
  expect([...padding], 'gradient of padding').to.deep.equal([]);
}
