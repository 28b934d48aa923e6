import type { Kernel } from './frame.js';
import { place } from './frame.js';

const { fround: f } = Math;
const ACCUMULATE = 1;
const RELU = 2;

/** One side's first element and strides, and the target's. */
interface Shape {
  readonly inner: number;
  readonly rowStride: number;
  readonly columnStride: number;
  readonly strideB: number;
  readonly strideC: number;
}

const clip = (value: number, flags: number): number => ((flags & RELU) !== 0 && value < 0 ? 0 : value);

/** Two rows by four columns of sums in registers: wide enough for the processor, few enough to stay there. */
function tile2(m: Float32Array, shape: Shape, a: number, b: number, c: number, bias: number, flags: number) {
  const { inner, rowStride, columnStride, strideB, strideC } = shape;
  const start = bias >= 0 ? bias : c;
  const next = bias >= 0 ? bias : c + strideC;
  const filled = bias >= 0 || (flags & ACCUMULATE) !== 0;
  let s0 = filled ? m[start]! : 0;
  let s1 = filled ? m[start + 1]! : 0;
  let s2 = filled ? m[start + 2]! : 0;
  let s3 = filled ? m[start + 3]! : 0;
  let t0 = filled ? m[next]! : 0;
  let t1 = filled ? m[next + 1]! : 0;
  let t2 = filled ? m[next + 2]! : 0;
  let t3 = filled ? m[next + 3]! : 0;
  for (let k = 0; k < inner; k++) {
    const x = m[a]!;
    const y = m[a + rowStride]!;
    const b0 = m[b]!;
    const b1 = m[b + 1]!;
    const b2 = m[b + 2]!;
    const b3 = m[b + 3]!;
    s0 = f(s0 + f(x * b0));
    s1 = f(s1 + f(x * b1));
    s2 = f(s2 + f(x * b2));
    s3 = f(s3 + f(x * b3));
    t0 = f(t0 + f(y * b0));
    t1 = f(t1 + f(y * b1));
    t2 = f(t2 + f(y * b2));
    t3 = f(t3 + f(y * b3));
    a += columnStride;
    b += strideB;
  }
  const d = c + strideC;
  m[c] = clip(s0, flags);
  m[c + 1] = clip(s1, flags);
  m[c + 2] = clip(s2, flags);
  m[c + 3] = clip(s3, flags);
  m[d] = clip(t0, flags);
  m[d + 1] = clip(t1, flags);
  m[d + 2] = clip(t2, flags);
  m[d + 3] = clip(t3, flags);
}

/** The last row of an odd count, one entry at a time. */
function row(m: Float32Array, shape: Shape, a: number, b: number, c: number, bias: number, flags: number) {
  const { inner, columnStride, strideB } = shape;
  const filled = bias >= 0 || (flags & ACCUMULATE) !== 0;
  for (let n = 0; n < 4; n++) {
    let sum = filled ? m[(bias >= 0 ? bias : c) + n]! : 0;
    for (let k = 0; k < inner; k++) sum = f(sum + f(m[a + k * columnStride]! * m[b + n + k * strideB]!));
    m[c + n] = clip(sum, flags);
  }
}

/** C = A B (+ C or + bias), each entry summed over the inner index in order. */
export const gemm: Kernel = (frame, i) => {
  const { bits: code, floats } = frame;
  const rows = code[i + 2]!;
  const columns = code[i + 3]!;
  const shape: Shape = {
    inner: code[i + 4]!,
    rowStride: code[i + 6]!,
    columnStride: code[i + 7]!,
    strideB: code[i + 9]!,
    strideC: code[i + 11]!,
  };
  const [a, b, c] = [place(frame, i + 5), place(frame, i + 8), place(frame, i + 10)];
  const bias = code[i + 12]! === -1 ? -1 : place(frame, i + 12);
  const flags = code[i + 13]!;
  for (let n = 0; n < columns; n += 4) {
    const biasHere = bias < 0 ? -1 : bias + n;
    let r = 0;
    for (; r + 2 <= rows; r += 2)
      tile2(floats, shape, a + r * shape.rowStride, b + n, c + r * shape.strideC + n, biasHere, flags);
    if (r < rows)
      row(floats, shape, a + r * shape.rowStride, b + n, c + r * shape.strideC + n, biasHere, flags);
  }
};

export const transpose: Kernel = (frame, i) => {
  const { bits: code, floats: m } = frame;
  const [rows, columns, strideFrom, strideTo] = [code[i + 2]!, code[i + 3]!, code[i + 5]!, code[i + 7]!];
  const [from, to] = [place(frame, i + 4), place(frame, i + 6)];
  for (let c = 0; c < columns; c++) {
    const line = to + c * strideTo;
    for (let r = 0; r < rows; r++) m[line + r] = m[from + r * strideFrom + c]!;
    for (let r = rows; r < strideTo; r++) m[line + r] = 0;
  }
};

export const columnSum: Kernel = (frame, i) => {
  const { bits: code, floats: m } = frame;
  const [rows, n, stride, accumulate] = [code[i + 2]!, code[i + 3]!, code[i + 5]!, code[i + 7]!];
  const [from, to] = [place(frame, i + 4), place(frame, i + 6)];
  for (let c = 0; c < n; c++) {
    let sum = accumulate === 1 ? m[to + c]! : 0;
    for (let r = 0; r < rows; r++) sum = f(sum + m[from + r * stride + c]!);
    m[to + c] = sum;
  }
};

export const addRow: Kernel = (frame, i) => {
  const { bits: code, floats: m } = frame;
  const [rows, n, stride] = [code[i + 2]!, code[i + 3]!, code[i + 5]!];
  const [from, line, to] = [place(frame, i + 4), place(frame, i + 6), place(frame, i + 7)];
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < n; c++) m[to + r * n + c] = f(m[from + r * stride + c]! + m[line + c]!);
};
