import { OPCODES, SPACES } from './instructions.js';
import { placeScratch } from './scratch.js';
import type { Operand, Tensor } from './tensor.js';
import type { Input, Instruction, Parameter, Trace, Word } from './trace.js';

/** An op program: what one agent runs, in one flat array of 32-bit words. */
export interface Program {
  readonly code: Int32Array;
  readonly parameters: readonly Parameter[];
  readonly data: readonly Input[];
  readonly shared: readonly Input[];
  /** Floats in each space, padding included. */
  readonly sizes: {
    readonly parameter: number;
    readonly data: number;
    readonly shared: number;
    readonly scratch: number;
    readonly record: number;
  };
  /** Multiplications and additions of one run over real (not padded) values. */
  readonly flops: number;
  /** Where kept tensors lie in scratch, by the name they were kept under. */
  readonly outputs: Readonly<Record<string, Output>>;
}

export interface Output {
  readonly rows: number;
  readonly columns: number;
  readonly stride: number;
  readonly offset: number;
}

/** 24 bits of address: 64 MB a space and agent. */
const ADDRESSES = 1 << 24;

const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);

function bitsOf(value: number): number {
  float[0] = value;
  return bits[0]!;
}

type Places = ReadonlyMap<Operand['buffer'], number>;

/** Thrown where a program needs more of a space than its words can address. */
export class ProgramTooLarge extends RangeError {
  constructor(floats: number) {
    super(`needs ${floats} numbers at a time where ${ADDRESSES} is the most`);
    this.name = 'ProgramTooLarge';
  }
}

function address({ buffer, offset }: Operand, places: Places): number {
  const base = buffer.space === 'scratch' ? places.get(buffer)! : buffer.offset;
  return (SPACES[buffer.space] << 24) | (base + offset);
}

function encode(word: Word, places: Places): number {
  if (typeof word === 'number') return word;
  return 'float' in word ? bitsOf(word.float) : address(word, places);
}

const known = new Set<number>(Object.values(OPCODES));

/** Thrown where a trace asks for an operation that the engine does not have. */
export class UnknownOperation extends Error {
  constructor(opcode: number) {
    super(`unknown operation ${opcode}`);
    this.name = 'UnknownOperation';
  }
}

function flatten(instructions: readonly Instruction[], places: Places): Int32Array {
  const words: number[] = [];
  for (const { opcode, words: operands } of instructions) {
    if (!known.has(opcode)) throw new UnknownOperation(opcode);
    words.push(opcode, operands.length + 2);
    for (const word of operands) words.push(encode(word, places));
  }
  words.push(OPCODES.end, 2);
  return Int32Array.from(words);
}

const declared = <T>(entries: ReadonlyMap<string, { readonly declared: T }>): T[] =>
  [...entries.values()].map((entry) => entry.declared);

/** Turns a finished trace into a program: places scratch, encodes, and notes where the kept tensors lie. */
export function assemble(trace: Trace, kept: Readonly<Record<string, Tensor>> = {}): Program {
  const places = placeScratch(trace.instructions);
  const largest = Math.max(...Object.values(trace.sizes), places.size);
  if (largest > ADDRESSES) throw new ProgramTooLarge(largest);
  const locate = ({ rows, columns, stride, at }: Tensor): Output => ({
    rows,
    columns,
    stride,
    offset: places.offsets.get(at.buffer)! + at.offset,
  });
  return {
    code: flatten(trace.instructions, places.offsets),
    parameters: declared(trace.parameters),
    data: declared(trace.data),
    shared: declared(trace.shared),
    sizes: { ...trace.sizes, scratch: places.size },
    flops: trace.instructions.reduce((total, { flops }) => total + flops, 0),
    outputs: Object.fromEntries(Object.entries(kept).map(([name, tensor]) => [name, locate(tensor)])),
  };
}
