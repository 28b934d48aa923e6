import type { Opcode } from './instructions.js';
import { OPCODES } from './instructions.js';
import type { Initialiser } from './initialisers.js';
import type { Buffer, Operand, Tensor } from './tensor.js';
import { padded, storage } from './tensor.js';

export type Word = number | Operand | { readonly float: number };

export interface Instruction {
  readonly opcode: Opcode;
  readonly words: readonly Word[];
  readonly flops: number;
}

/** A named parameter of the architecture; `offset` counts padded floats from the agent's first. */
export interface Parameter {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly stride: number;
  readonly offset: number;
  readonly initialise: Initialiser;
}

/** Something the host must lay down before the program runs. */
export interface Input {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly stride: number;
  readonly offset: number;
  /** `parameters`: a flat vector in the layout of the parameters, as a federation sends it. */
  readonly layout: 'matrix' | 'parameters';
}

interface TapeEntry {
  readonly output: Tensor;
  readonly backward: (gradient: Tensor) => void;
}

/** What tracing an architecture leaves behind: declarations, instructions, and the tape for the way back. */
export interface Trace {
  readonly parameters: Map<string, { readonly declared: Parameter; readonly tensor: Tensor }>;
  readonly data: Map<string, { readonly declared: Input; readonly tensor: Tensor }>;
  readonly shared: Map<string, { readonly declared: Input; readonly tensor: Tensor }>;
  readonly instructions: Instruction[];
  readonly tape: TapeEntry[];
  readonly gradients: Map<Tensor, Tensor>;
  /** Padded floats so far, by space. */
  readonly sizes: { parameter: number; data: number; shared: number; record: number };
}

export function openTrace(): Trace {
  return {
    parameters: new Map(),
    data: new Map(),
    shared: new Map(),
    instructions: [],
    tape: [],
    gradients: new Map(),
    sizes: { parameter: 0, data: 0, shared: 0, record: 0 },
  };
}

export function emit(trace: Trace, opcode: Opcode, words: readonly Word[], flops = 0): void {
  trace.instructions.push({ opcode, words, flops });
}

export const at = (buffer: Buffer, offset = 0): Operand => ({ buffer, offset });

function tensorIn(
  trace: Trace,
  space: 'parameter' | 'data' | 'shared',
  name: string,
  rows: number,
  columns: number,
): Tensor {
  const stride = padded(columns);
  const buffer: Buffer = { space, size: rows * stride, offset: trace.sizes[space], lifetime: 'kept' };
  trace.sizes[space] += buffer.size;
  return { trace, name, rows, columns, stride, at: at(buffer), tracked: space === 'parameter' };
}

/** Declares a parameter, or returns the one already declared under that name (shared weights). */
export function parameter(
  trace: Trace,
  name: string,
  rows: number,
  columns: number,
  initialise: Initialiser,
): Tensor {
  const known = trace.parameters.get(name);
  if (known) return known.tensor;
  const tensor = tensorIn(trace, 'parameter', name, rows, columns);
  const declared = {
    name,
    rows,
    columns,
    stride: tensor.stride,
    offset: tensor.at.buffer.offset,
    initialise,
  };
  trace.parameters.set(name, { declared, tensor });
  return tensor;
}

/** Declares what the host lays down: `data` for every step anew, `shared` once a call. */
export function input(
  trace: Trace,
  space: 'data' | 'shared',
  name: string,
  rows: number,
  columns: number,
): Tensor {
  const known = trace[space].get(name);
  if (known) return known.tensor;
  const tensor = tensorIn(trace, space, name, rows, columns);
  const { stride } = tensor;
  const declared: Input = { name, rows, columns, stride, offset: tensor.at.buffer.offset, layout: 'matrix' };
  trace[space].set(name, { declared, tensor });
  return tensor;
}

/** A vector laid out as the parameters are, such as the federation's model. All parameters must be declared. */
export function parameterInput(trace: Trace, name: string): Tensor {
  const tensor = tensorIn(trace, 'shared', name, 1, trace.sizes.parameter);
  const { rows, columns, stride } = tensor;
  const declared: Input = {
    name,
    rows,
    columns,
    stride,
    offset: tensor.at.buffer.offset,
    layout: 'parameters',
  };
  trace.shared.set(name, { declared, tensor });
  return tensor;
}

/** A fresh matrix in scratch. */
export function temporary(
  trace: Trace,
  name: string,
  rows: number,
  columns: number,
  tracked: boolean,
  lifetime: Buffer['lifetime'] = 'temporary',
): Tensor {
  const stride = padded(columns);
  const buffer: Buffer = { space: 'scratch', size: rows * stride, offset: 0, lifetime };
  return { trace, name, rows, columns, stride, at: at(buffer), tracked };
}

/** A scratch tensor shaped like another. */
export const like = (tensor: Tensor, name: string): Tensor =>
  temporary(tensor.trace, name, tensor.rows, tensor.columns, false);

/** Puts an operation on the tape; `backward` is called once, with the gradient of `output`. */
export function onTape(output: Tensor, backward: TapeEntry['backward']): Tensor {
  if (output.tracked) output.trace.tape.push({ output, backward });
  return output;
}

function gradientFor(tensor: Tensor): Tensor {
  const name = `gradient of ${tensor.name}`;
  // The vector of all parameters lies in their space too, but collects its gradient apart (backward.ts).
  if (tensor.trace.parameters.get(tensor.name)?.tensor !== tensor) return like(tensor, name);
  const { offset, size } = tensor.at.buffer;
  return { ...tensor, name, at: at({ space: 'gradient', size, offset, lifetime: 'kept' }), tracked: false };
}

/** Adds a term to an input's gradient through a kernel that can itself accumulate (0: overwrite, 1: add). */
export function contributeInPlace(to: Tensor, write: (into: Tensor, accumulate: 0 | 1) => void): void {
  if (!to.tracked) return;
  const known = to.trace.gradients.get(to);
  if (known) return write(known, 1);
  const fresh = gradientFor(to);
  to.trace.gradients.set(to, fresh);
  write(fresh, 0);
}

/** Adds a term to an input's gradient through a kernel that only overwrites. */
export function contribute(to: Tensor, write: (into: Tensor) => void): void {
  contributeInPlace(to, (into, accumulate) => {
    if (accumulate === 0) return write(into);
    const term = like(to, `term of ${into.name}`);
    write(term);
    emit(to.trace, OPCODES.add, [into.at, into.at, term.at, storage(into)], storage(into));
  });
}
