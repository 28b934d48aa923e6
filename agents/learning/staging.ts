import type { Memory } from './engine.js';
import type { Job } from './backend.js';
import type { Program } from './program.js';
import type { Input } from './trace.js';

/** Where the pieces of one call lie in a memory's workspace. */
export interface Stage extends Pick<Job, 'code' | 'data' | 'shared' | 'scratch' | 'gradient' | 'record'> {
  /** Room for an agent's parameters and moments as they were. */
  readonly backup: number;
  /** The same again, for what they were before the steps that lie ready. */
  readonly begun: number;
}

const aligned = (floats: number): number => (floats + 15) & ~15;

/** Writes a program's words where the bank will read them. */
export function writeCode(memory: Memory, code: Int32Array, at: number): void {
  new Int32Array(memory.floats().buffer, 4 * at, code.length).set(code);
}

/** Lays out a workspace for `steps` steps of a program at a time, cleared: padding must be a number, and nothing that
 * another agent left there may be read. */
export function openStage(memory: Memory, program: Program, steps: number): Stage {
  const { code, sizes } = program;
  const at = {
    data: 0,
    shared: aligned(steps * sizes.data),
    code: 0,
    scratch: 0,
    gradient: 0,
    record: 0,
    backup: 0,
  };
  at.code = at.shared + aligned(sizes.shared);
  at.scratch = at.code + aligned(code.length);
  at.gradient = at.scratch + aligned(sizes.scratch);
  at.record = at.gradient + aligned(sizes.parameter);
  at.backup = at.record + aligned(steps * sizes.record);
  const base = memory.workspace(at.backup + 6 * sizes.parameter);
  memory.floats().fill(0, base, base + at.backup);
  writeCode(memory, code, base + at.code);
  return {
    data: base,
    shared: base + at.shared,
    code: base + at.code,
    scratch: base + at.scratch,
    gradient: base + at.gradient,
    record: base + at.record,
    backup: base + at.backup,
    begun: base + at.backup + 3 * sizes.parameter,
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
  for (let row = 0; row < rows; row++) {
    const to = at + offset + row * stride;
    for (let column = 0; column < columns; column++) memory[to + column] = values[row * columns + column]!;
  }
}
