import { exp32 } from './float32.js';
import type { Frame, Kernel } from './frame.js';
import { place } from './frame.js';
import { laneSum } from './reductions.js';

const { fround: f } = Math;

interface Shape {
  readonly samples: number;
  readonly length: number;
  readonly width: number;
  readonly heads: number;
  readonly span: number;
  readonly scale: number;
}

const shapeAt = ({ bits, floats }: Frame, i: number): Shape => ({
  samples: bits[i + 2]!,
  length: bits[i + 3]!,
  width: bits[i + 4]!,
  heads: bits[i + 5]!,
  span: bits[i + 6]!,
  scale: floats[i + 7]!,
});

/** Calls `visit` for every query: its head's first column in a row, the sample's first row, its place, and its weights. */
function eachQuery(
  { samples, length, width, heads }: Shape,
  visit: (column: number, sample: number, query: number, weights: number) => void,
): void {
  const stride = (length + 3) & ~3;
  for (let s = 0; s < samples; s++)
    for (let h = 0; h < heads; h++)
      for (let q = 0; q < length; q++)
        visit((width / heads) * h, s * length * width, q, ((s * heads + h) * length + q) * stride);
}

const product = (m: Float32Array, a: number, b: number, n: number): number =>
  laneSum(1, n, (_, c) => f(m[a + c]! * m[b + c]!));

/** Adds scalar times a row to another row. */
function addScaled(m: Float32Array, to: number, by: number, from: number, n: number): void {
  for (let c = 0; c < n; c++) m[to + c] = f(m[to + c]! + f(by * m[from + c]!));
}

/** Turns the scores of [first, last] into shares, everything else in the row into 0. */
function shares(m: Float32Array, row: number, first: number, last: number, length: number): void {
  let most = m[row + first]!;
  for (let j = first + 1; j <= last; j++) most = m[row + j]! > most ? m[row + j]! : most;
  for (let j = first; j <= last; j++) m[row + j] = exp32(f(m[row + j]! - most));
  const total = laneSum(1, length, (_, j) => m[row + j]!);
  for (let j = first; j <= last; j++) m[row + j] = f(m[row + j]! / total);
}

export const attention: Kernel = (frame, i) => {
  const { floats: m } = frame;
  const shape = shapeAt(frame, i);
  const { length, width, heads, span, scale } = shape;
  const [queries, keys, values] = [place(frame, i + 8), place(frame, i + 9), place(frame, i + 10)];
  const [weights, to] = [place(frame, i + 11), place(frame, i + 12)];
  const n = width / heads;
  eachQuery(shape, (column, sample, q, rowAt) => {
    const [row, first] = [weights + rowAt, Math.max(0, q - span + 1)];
    const query = queries + sample + q * width + column;
    m.fill(0, row, row + ((length + 3) & ~3));
    for (let j = first; j <= q; j++)
      m[row + j] = f(product(m, query, keys + sample + j * width + column, n) * scale);
    shares(m, row, first, q, length);
    const out = to + sample + q * width + column;
    m.fill(0, out, out + n);
    for (let j = first; j <= q; j++) addScaled(m, out, m[row + j]!, values + sample + j * width + column, n);
  });
};

export const attentionBackward: Kernel = (frame, i) => {
  const { floats: m } = frame;
  const shape = shapeAt(frame, i);
  const { samples, length, width, heads, span, scale } = shape;
  const [queries, keys, values] = [place(frame, i + 8), place(frame, i + 9), place(frame, i + 10)];
  const [weights, gradient] = [place(frame, i + 11), place(frame, i + 12)];
  const [toQueries, toKeys, toValues] = [place(frame, i + 13), place(frame, i + 14), place(frame, i + 15)];
  const slopes = place(frame, i + 16);
  const n = width / heads;
  for (const to of [toQueries, toKeys, toValues]) m.fill(0, to, to + samples * length * width);
  eachQuery(shape, (column, sample, q, rowAt) => {
    const [row, first, base] = [weights + rowAt, Math.max(0, q - span + 1), sample + column];
    const here = base + q * width;
    m.fill(0, slopes, slopes + ((length + 3) & ~3));
    for (let j = first; j <= q; j++)
      m[slopes + j] = product(m, gradient + here, values + base + j * width, n);
    const mean = product(m, row, slopes, length);
    for (let j = first; j <= q; j++) {
      const slope = f(f(m[row + j]! * f(m[slopes + j]! - mean)) * scale);
      addScaled(m, toQueries + here, slope, keys + base + j * width, n);
      addScaled(m, toKeys + base + j * width, slope, queries + here, n);
      addScaled(m, toValues + base + j * width, m[row + j]!, gradient + here, n);
    }
  });
};
