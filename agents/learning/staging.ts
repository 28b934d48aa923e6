import type { Memory } from './engine.js';
import type { Job } from './backend.js';
import type { Program } from './program.js';
import type { Input } from './trace.js';

/** Where the pieces of one call lie in a memory's workspace. */
export type Stage = Pick<Job, 'data' | 'shared' | 'scratch' | 'gradient' | 'record'> & {
  readonly backup: number;
};

/** Lays out a workspace for `steps` steps of a program, with data cleared (padding must be a number). */
export function openStage(memory: Memory, program: Program, steps: number): Stage {
  const { sizes } = program;
  const data = steps * sizes.data;
  const parts = [
    data,
    sizes.shared,
    sizes.scratch,
    sizes.parameter,
    steps * sizes.record,
    3 * sizes.parameter,
  ];
  const starts: number[] = [];
  const total = parts.reduce((at, size) => (starts.push(at), (at + size + 15) & ~15), 0);
  const base = memory.workspace(total);
  memory.floats().fill(0, base, base + starts[2]!);
  const [at0, shared, scratch, gradient, record, backup] = starts.map((start) => base + start);
  return {
    data: at0!,
    shared: shared!,
    scratch: scratch!,
    gradient: gradient!,
    record: record!,
    backup: backup!,
  };
}

export function inputNamed(inputs: readonly Input[], name: string): Input {
  const found = inputs.find((candidate) => candidate.name === name);
  if (!found) throw new RangeError(`the program has no input ${name}`);
  return found;
}

/** Writes plain rows at an input's place. */
export function writeRows(
  { rows, columns, stride, offset }: Input,
  values: Float32Array,
  memory: Float32Array,
  at: number,
): void {
  if (values.length !== rows * columns)
    throw new RangeError(`${values.length} values where the program wants ${rows} x ${columns}`);
  for (let row = 0; row < rows; row++)
    memory.set(values.subarray(row * columns, (row + 1) * columns), at + offset + row * stride);
}
