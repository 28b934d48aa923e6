import type { Opcode } from '../instructions.js';
import { OPCODES } from '../instructions.js';
import type { Tensor } from '../tensor.js';
import { isContiguous, requireShape, storage } from '../tensor.js';
import type { Word } from '../trace.js';
import { contribute, emit, like, onTape, temporary } from '../trace.js';
import { contiguous } from './contiguous.js';
import { copyTo, emitDot, emitScale } from './emitters.js';

/** Flops of one transcendental value, as its polynomial costs them. */
const TRANSCENDENTAL = 24;

const resultLike = (name: string, a: Tensor, tracked: boolean): Tensor =>
  temporary(a.trace, name, a.rows, a.columns, tracked);

function unary(name: string, opcode: Opcode, view: Tensor, flops: number, slope: Slope): Tensor {
  const a = contiguous(view);
  const to = resultLike(`${name}(${a.name})`, a, a.tracked);
  const n = storage(a);
  emit(a.trace, opcode, [to.at, a.at, n], n * flops);
  clearPadding(to);
  return onTape(to, (gradient) => contribute(a, (into) => slope(gradient, to, a, into)));
}

/** Emits into = gradient * slope, given the operation's output and input. */
type Slope = (gradient: Tensor, output: Tensor, a: Tensor, into: Tensor) => void;

const fromOutput =
  (opcode: Opcode): Slope =>
  (gradient, output, _a, into) => {
    const n = storage(into);
    emit(into.trace, opcode, [into.at, gradient.at, output.at, n], 3 * n);
  };

const fromInput =
  (opcode: Opcode): Slope =>
  (gradient, _output, a, into) => {
    const n = storage(into);
    emit(into.trace, opcode, [into.at, gradient.at, a.at, n], n);
    clearPadding(into);
  };

export const relu = (a: Tensor): Tensor =>
  unary('relu', OPCODES.relu, a, 1, fromOutput(OPCODES.reluBackward));

export const tanh = (a: Tensor): Tensor =>
  unary('tanh', OPCODES.tanh, a, TRANSCENDENTAL, fromOutput(OPCODES.tanhBackward));

export const sigmoid = (a: Tensor): Tensor =>
  unary('sigmoid', OPCODES.sigmoid, a, TRANSCENDENTAL, fromOutput(OPCODES.sigmoidBackward));

export const exp = (a: Tensor): Tensor =>
  unary('exp', OPCODES.exp, a, TRANSCENDENTAL, fromOutput(OPCODES.multiply));

export const log = (a: Tensor): Tensor =>
  unary('log', OPCODES.log, a, TRANSCENDENTAL, fromInput(OPCODES.divide));

const binaryWords = (to: Tensor, a: Tensor, b: Tensor): Word[] => [to.at, a.at, b.at, storage(to)];

function binary(name: string, opcode: Opcode, a: Tensor, b: Tensor): Tensor {
  const fits = a.rows === b.rows && a.columns === b.columns && isContiguous(a) && isContiguous(b);
  requireShape(name, fits, a, b);
  const to = resultLike(`${name}(${a.name}, ${b.name})`, a, a.tracked || b.tracked);
  emit(a.trace, opcode, binaryWords(to, a, b), storage(to));
  return to;
}

const emitBinary = (opcode: Opcode, into: Tensor, a: Tensor, b: Tensor): void =>
  emit(into.trace, opcode, binaryWords(into, a, b), storage(into));

/** Sets padding to 0 after a kernel that leaves 0 / 0 or log 0 there, so that no NaN reaches a gradient. */
function clearPadding(tensor: Tensor): void {
  if (tensor.columns !== tensor.stride) copyTo(tensor, tensor);
}

export function add(a: Tensor, b: Tensor): Tensor {
  return onTape(binary('add', OPCODES.add, a, b), (gradient) => {
    contribute(a, (into) => copyTo(gradient, into));
    contribute(b, (into) => copyTo(gradient, into));
  });
}

export function subtract(a: Tensor, b: Tensor): Tensor {
  return onTape(binary('subtract', OPCODES.subtract, a, b), (gradient) => {
    contribute(a, (into) => copyTo(gradient, into));
    contribute(b, (into) => emitScale(into, gradient, -1));
  });
}

export function multiply(a: Tensor, b: Tensor): Tensor {
  return onTape(binary('multiply', OPCODES.multiply, a, b), (gradient) => {
    contribute(a, (into) => emitBinary(OPCODES.multiply, into, gradient, b));
    contribute(b, (into) => emitBinary(OPCODES.multiply, into, gradient, a));
  });
}

export function divide(a: Tensor, b: Tensor): Tensor {
  const to = binary('divide', OPCODES.divide, a, b);
  clearPadding(to);
  return onTape(to, (gradient) => {
    const slope = like(gradient, 'gradient / divisor');
    emitBinary(OPCODES.divide, slope, gradient, b);
    clearPadding(slope);
    contribute(a, (into) => copyTo(slope, into));
    contribute(b, (into) => {
      emitBinary(OPCODES.multiply, into, slope, to);
      emitScale(into, into, -1);
    });
  });
}

/** factor * a for a fixed number. */
export function scale(a: Tensor, factor: number): Tensor {
  const to = resultLike(`${factor}·${a.name}`, a, a.tracked);
  emitScale(to, contiguous(a), factor);
  return onTape(to, (gradient) => contribute(a, (into) => emitScale(into, gradient, factor)));
}

/** a times a [1, 1] tensor. */
export function scaleBy(view: Tensor, scalar: Tensor): Tensor {
  const a = contiguous(view);
  requireShape('scaleBy', scalar.rows === 1 && scalar.columns === 1, a, scalar);
  const to = resultLike(`${scalar.name}·${a.name}`, a, a.tracked || scalar.tracked);
  emitScale(to, a, 1, scalar);
  return onTape(to, (gradient) => {
    contribute(a, (into) => emitScale(into, gradient, 1, scalar));
    contribute(scalar, (into) => emitDot(into, gradient, a, 1));
  });
}
