import { exp32, log32, sigmoid32, tanh32 } from './float32.js';
import type { Kernel } from './frame.js';
import { place } from './frame.js';

const { fround: f } = Math;

/** A kernel over [@to @a n]. */
const unary =
  (of: (x: number) => number): Kernel =>
  (frame, i) => {
    const { bits: code, floats: m } = frame;
    const [to, a, n] = [place(frame, i + 2), place(frame, i + 3), code[i + 4]!];
    for (let j = 0; j < n; j++) m[to + j] = of(m[a + j]!);
  };

/** A kernel over [@to @a @b n]. */
const binary =
  (of: (x: number, y: number) => number): Kernel =>
  (frame, i) => {
    const { bits: code, floats: m } = frame;
    const [to, a, b, n] = [place(frame, i + 2), place(frame, i + 3), place(frame, i + 4), code[i + 5]!];
    for (let j = 0; j < n; j++) m[to + j] = of(m[a + j]!, m[b + j]!);
  };

export const relu = unary((x) => (x < 0 ? 0 : x));
export const tanh = unary(tanh32);
export const sigmoid = unary(sigmoid32);
export const exp = unary(exp32);

const word = new Int32Array(1);
const asFloat = new Float32Array(word.buffer);

function floatOf(bits: number): number {
  word[0] = bits;
  return asFloat[0]!;
}

export const log: Kernel = (frame, i) => {
  const { bits, floats: m } = frame;
  const [to, a, n] = [place(frame, i + 2), place(frame, i + 3), bits[i + 4]!];
  for (let j = 0; j < n; j++) m[to + j] = log32(m[a + j]!, bits[a + j]!, floatOf);
};

export const reluBackward = binary((gradient, y) => (y > 0 ? gradient : 0));
export const tanhBackward = binary((gradient, y) => f(gradient * f(1 - f(y * y))));
export const sigmoidBackward = binary((gradient, y) => f(f(gradient * y) * f(1 - y)));
export const add = binary((x, y) => f(x + y));
export const subtract = binary((x, y) => f(x - y));
export const multiply = binary((x, y) => f(x * y));
export const divide = binary((x, y) => f(x / y));

export const scaleBy: Kernel = (frame, i) => {
  const { bits: code, floats: m } = frame;
  const [to, a, n] = [place(frame, i + 2), place(frame, i + 3), code[i + 6]!];
  const factor = m[i + 5]!;
  const by = code[i + 4]! === -1 ? factor : f(m[place(frame, i + 4)]! * factor);
  for (let j = 0; j < n; j++) m[to + j] = f(m[a + j]! * by);
};

export const fill: Kernel = (frame, i) => {
  const to = place(frame, i + 2);
  frame.floats.fill(frame.floats[i + 3]!, to, to + frame.bits[i + 4]!);
};

export const copy: Kernel = (frame, i) => {
  const { bits: code, floats: m } = frame;
  const [rows, columns, strideFrom, strideTo] = [code[i + 2]!, code[i + 3]!, code[i + 5]!, code[i + 7]!];
  const [from, to, wide] = [place(frame, i + 4), place(frame, i + 6), code[i + 8]!];
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) m[to + r * strideTo + c] = m[from + r * strideFrom + c]!;
    for (let c = columns; c < wide; c++) m[to + r * strideTo + c] = 0;
  }
};

/** Smallest normal float32: below it, arithmetic is many times slower and WASM cannot flush by itself. */
const SMALLEST_NORMAL = 1.1754943508222875e-38;

export const flush: Kernel = (frame, i) => {
  const { bits: code, floats: m } = frame;
  const [a, n] = [place(frame, i + 2), code[i + 3]!];
  for (let j = a; j < a + n; j++) if (Math.abs(m[j]!) < SMALLEST_NORMAL) m[j] = 0;
};
