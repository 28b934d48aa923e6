import type { Frame, Kernel } from './frame.js';
import { place } from './frame.js';

const { fround: f } = Math;

/** Sums in the order of the SIMD lanes: lane j takes columns j, j + 4, ... row by row; then lane 0 + 1 + 2 + 3. */
export function laneSum(
  rows: number,
  columns: number,
  value: (row: number, column: number) => number,
): number {
  const lanes = new Float32Array(4);
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) lanes[c & 3] = f(lanes[c & 3]! + value(r, c));
  return f(f(f(lanes[0]! + lanes[1]!) + lanes[2]!) + lanes[3]!);
}

function storeScalar({ floats }: Frame, to: number, value: number): void {
  floats.fill(0, to, to + 4);
  floats[to] = value;
}

export const sum: Kernel = (frame, i) => {
  const { bits: code, floats: m } = frame;
  const [a, stride] = [place(frame, i + 4), code[i + 5]!];
  const total = laneSum(code[i + 2]!, code[i + 3]!, (r, c) => m[a + r * stride + c]!);
  storeScalar(frame, place(frame, i + 7), f(total * m[i + 6]!));
};

export const dot: Kernel = (frame, i) => {
  const { bits: code, floats: m } = frame;
  const [a, strideA, b, strideB] = [place(frame, i + 4), code[i + 5]!, place(frame, i + 6), code[i + 7]!];
  const total = laneSum(code[i + 2]!, code[i + 3]!, (r, c) =>
    f(m[a + r * strideA + c]! * m[b + r * strideB + c]!),
  );
  storeScalar(frame, place(frame, i + 9), f(total * m[i + 8]!));
};

export const broadcast: Kernel = (frame, i) => {
  const { bits: code, floats: m } = frame;
  const [rows, columns, to, stride] = [code[i + 2]!, code[i + 3]!, place(frame, i + 6), code[i + 7]!];
  const value = f(m[place(frame, i + 4)]! * m[i + 5]!);
  for (let r = 0; r < rows; r++) {
    m.fill(value, to + r * stride, to + r * stride + columns);
    m.fill(0, to + r * stride + columns, to + (r + 1) * stride);
  }
};

export const residualLoss: Kernel = (frame, i) => {
  const { bits: code, floats: m } = frame;
  const [rows, columns, stride] = [code[i + 2]!, code[i + 3]!, code[i + 4]!];
  const [prediction, target, clipped] = [place(frame, i + 5), place(frame, i + 6), place(frame, i + 7)];
  const delta = m[i + 8]!;
  m.fill(0, clipped, clipped + rows * stride);
  const total = laneSum(rows, columns, (r, c) => {
    const at = r * stride + c;
    const error = f(m[prediction + at]! - m[target + at]!);
    const low = error < -delta ? -delta : error;
    const slope = delta < low ? delta : low;
    m[clipped + at] = slope;
    return f(slope * f(error - f(0.5 * slope)));
  });
  storeScalar(frame, place(frame, i + 10), f(total * m[i + 9]!));
};

export const record: Kernel = (frame, i) => {
  frame.floats[place(frame, i + 3)] = frame.floats[place(frame, i + 2)]!;
};
