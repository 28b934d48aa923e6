import type { Backend } from '../../../agents/learning/backend.js';
import type { Program } from '../../../agents/learning/program.js';

export interface Run {
  readonly parameters: Float32Array;
  readonly gradient: Float32Array;
  readonly record: Float32Array;
  readonly scratch: Float32Array;
}

/** Runs a program once for one agent on a fresh bank; values fill the spaces in padded order. */
export function runProgram(
  backend: Backend,
  program: Program,
  fill: { parameters: ArrayLike<number>; data?: ArrayLike<number>; shared?: ArrayLike<number> },
): Run {
  const { sizes } = program;
  const lengths = [
    3 * sizes.parameter,
    sizes.data,
    sizes.shared,
    sizes.scratch,
    sizes.parameter,
    sizes.record + 4,
    program.code.length,
  ];
  const starts: number[] = [];
  const total = lengths.reduce(
    (at, length) => (starts.push(at), (at + length + 15) & ~15),
    backend.reservedBytes / 4,
  );
  const [block, data, shared, scratch, gradient, record, code] = starts as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const bank = backend.open();
  bank.grow(4 * total);
  const memory = new Float32Array(bank.buffer());
  memory.set(fill.parameters, block);
  memory.set(fill.data ?? [], data);
  memory.set(fill.shared ?? [], shared);
  new Int32Array(bank.buffer()).set(program.code, code);
  const strides = { blockStride: 0, dataStride: 0, sharedStride: 0 };
  bank.run({
    program,
    code,
    agents: 1,
    steps: 1,
    block,
    data,
    shared,
    scratch,
    gradient,
    record,
    ...strides,
  });
  const after = new Float32Array(bank.buffer());
  const part = (at: number, length: number) => after.slice(at, at + length);
  return {
    parameters: part(block, 3 * sizes.parameter),
    gradient: part(gradient, sizes.parameter),
    record: part(record, sizes.record),
    scratch: part(scratch, sizes.scratch),
  };
}
