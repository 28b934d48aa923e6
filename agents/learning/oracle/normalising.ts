import { exp32 } from './float32.js';
import type { Kernel } from './frame.js';
import { place } from './frame.js';
import { laneSum } from './reductions.js';

const { fround: f } = Math;

function softmaxRow(m: Float32Array, from: number, to: number, columns: number, stride: number): void {
  let most = m[from]!;
  for (let c = 1; c < columns; c++) most = m[from + c]! > most ? m[from + c]! : most;
  for (let c = 0; c < columns; c++) m[to + c] = exp32(f(m[from + c]! - most));
  m.fill(0, to + columns, to + stride);
  const total = laneSum(1, columns, (_, c) => m[to + c]!);
  for (let c = 0; c < stride; c++) m[to + c] = f(m[to + c]! / total);
}

export const softmax: Kernel = (frame, i) => {
  const { bits: code, floats } = frame;
  const [rows, columns, stride] = [code[i + 2]!, code[i + 3]!, code[i + 4]!];
  const [from, to] = [place(frame, i + 5), place(frame, i + 6)];
  for (let r = 0; r < rows; r++) softmaxRow(floats, from + r * stride, to + r * stride, columns, stride);
};

export const softmaxBackward: Kernel = (frame, i) => {
  const { bits: code, floats: m } = frame;
  const [rows, columns, stride] = [code[i + 2]!, code[i + 3]!, code[i + 4]!];
  const [gradient, output, to] = [place(frame, i + 5), place(frame, i + 6), place(frame, i + 7)];
  for (let line = 0; line < rows * stride; line += stride) {
    const [g, y] = [gradient + line, output + line];
    const mean = laneSum(1, columns, (_, c) => f(m[g + c]! * m[y + c]!));
    for (let c = 0; c < stride; c++) m[to + line + c] = f(m[y + c]! * f(m[g + c]! - mean));
  }
};

const EPSILON = f(1e-5);

/** Writes the row shifted and scaled, padding 0, and returns one over its standard deviation. */
function normaliseRow(m: Float32Array, from: number, to: number, columns: number, stride: number): number {
  const mean = f(laneSum(1, columns, (_, c) => m[from + c]!) / columns);
  for (let c = 0; c < columns; c++) m[to + c] = f(m[from + c]! - mean);
  m.fill(0, to + columns, to + stride);
  const variance = f(laneSum(1, columns, (_, c) => f(m[to + c]! * m[to + c]!)) / columns);
  const inverse = f(1 / f(Math.sqrt(f(variance + EPSILON))));
  for (let c = 0; c < stride; c++) m[to + c] = f(m[to + c]! * inverse);
  return inverse;
}

export const layerNorm: Kernel = (frame, i) => {
  const { bits: code, floats: m } = frame;
  const [rows, columns, stride] = [code[i + 2]!, code[i + 3]!, code[i + 4]!];
  const [from, gain, shift] = [place(frame, i + 5), place(frame, i + 6), place(frame, i + 7)];
  const [normalised, inverse, to] = [place(frame, i + 8), place(frame, i + 9), place(frame, i + 10)];
  for (let r = 0; r < rows; r++) {
    const line = r * stride;
    m[inverse + r] = normaliseRow(m, from + line, normalised + line, columns, stride);
    for (let c = 0; c < stride; c++)
      m[to + line + c] = f(f(m[normalised + line + c]! * m[gain + c]!) + m[shift + c]!);
  }
};

export const layerNormBackward: Kernel = (frame, i) => {
  const { bits: code, floats: m } = frame;
  const [rows, columns, stride] = [code[i + 2]!, code[i + 3]!, code[i + 4]!];
  const [gradient, gain, normalised] = [place(frame, i + 5), place(frame, i + 6), place(frame, i + 7)];
  const [inverses, toInput, gainTerms] = [place(frame, i + 8), place(frame, i + 9), place(frame, i + 10)];
  for (let r = 0; r < rows; r++) {
    const [g, x, d] = [gradient + r * stride, normalised + r * stride, toInput + r * stride];
    for (let c = 0; c < stride; c++) {
      m[gainTerms + r * stride + c] = f(m[g + c]! * m[x + c]!);
      m[d + c] = f(m[g + c]! * m[gain + c]!);
    }
    const mean = f(laneSum(1, columns, (_, c) => m[d + c]!) / columns);
    const slope = f(laneSum(1, columns, (_, c) => f(m[d + c]! * m[x + c]!)) / columns);
    const inverse = m[inverses + r]!;
    for (let c = 0; c < columns; c++) m[d + c] = f(inverse * f(f(m[d + c]! - mean) - f(m[x + c]! * slope)));
    m.fill(0, d + columns, d + stride);
  }
};
