// Products. Every entry is summed over the inner index in order, multiplication and addition rounded apart.
import { place, word } from './operands';

const ACCUMULATE = 1;
const RELU = 2;

// @ts-ignore: decorator
@inline
function start(bias: usize, c: usize, flags: i32): v128 {
  if (bias) return v128.load(bias);
  if (flags & ACCUMULATE) return v128.load(c);
  return f32x4.splat(0);
}

// @ts-ignore: decorator
@inline
function finish(c: usize, sum: v128, flags: i32): void {
  v128.store(c, flags & RELU ? f32x4.pmax(sum, f32x4.splat(0)) : sum);
}

/** A tile of four rows by eight columns: eight sums that stay in registers. Strides are in bytes. */
function tile4x8(k: i32, a: usize, rs: usize, cs: usize, b: usize, ldb: usize, c: usize, ldc: usize, bias: usize, flags: i32): void {
  const right = bias ? bias + 16 : 0;
  let c1 = c + ldc, c2 = c1 + ldc, c3 = c2 + ldc;
  let s00 = start(bias, c, flags), s01 = start(right, c + 16, flags);
  let s10 = start(bias, c1, flags), s11 = start(right, c1 + 16, flags);
  let s20 = start(bias, c2, flags), s21 = start(right, c2 + 16, flags);
  let s30 = start(bias, c3, flags), s31 = start(right, c3 + 16, flags);
  const r2 = rs << 1, r3 = r2 + rs;
  for (; k > 0; k--) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    let x = v128.load_splat<f32>(a);
    s00 = f32x4.add(s00, f32x4.mul(x, b0));
    s01 = f32x4.add(s01, f32x4.mul(x, b1));
    x = v128.load_splat<f32>(a + rs);
    s10 = f32x4.add(s10, f32x4.mul(x, b0));
    s11 = f32x4.add(s11, f32x4.mul(x, b1));
    x = v128.load_splat<f32>(a + r2);
    s20 = f32x4.add(s20, f32x4.mul(x, b0));
    s21 = f32x4.add(s21, f32x4.mul(x, b1));
    x = v128.load_splat<f32>(a + r3);
    s30 = f32x4.add(s30, f32x4.mul(x, b0));
    s31 = f32x4.add(s31, f32x4.mul(x, b1));
    a += cs;
    b += ldb;
  }
  finish(c, s00, flags);
  finish(c + 16, s01, flags);
  finish(c1, s10, flags);
  finish(c1 + 16, s11, flags);
  finish(c2, s20, flags);
  finish(c2 + 16, s21, flags);
  finish(c3, s30, flags);
  finish(c3 + 16, s31, flags);
}

/** Four rows by the last four columns. */
function tile4x4(k: i32, a: usize, rs: usize, cs: usize, b: usize, ldb: usize, c: usize, ldc: usize, bias: usize, flags: i32): void {
  const c1 = c + ldc, c2 = c1 + ldc, c3 = c2 + ldc;
  let s0 = start(bias, c, flags), s1 = start(bias, c1, flags);
  let s2 = start(bias, c2, flags), s3 = start(bias, c3, flags);
  const r2 = rs << 1, r3 = r2 + rs;
  for (; k > 0; k--) {
    const b0 = v128.load(b);
    s0 = f32x4.add(s0, f32x4.mul(v128.load_splat<f32>(a), b0));
    s1 = f32x4.add(s1, f32x4.mul(v128.load_splat<f32>(a + rs), b0));
    s2 = f32x4.add(s2, f32x4.mul(v128.load_splat<f32>(a + r2), b0));
    s3 = f32x4.add(s3, f32x4.mul(v128.load_splat<f32>(a + r3), b0));
    a += cs;
    b += ldb;
  }
  finish(c, s0, flags);
  finish(c1, s1, flags);
  finish(c2, s2, flags);
  finish(c3, s3, flags);
}

/** One of the rows that no group of four takes. */
function tile1x4(k: i32, a: usize, cs: usize, b: usize, ldb: usize, c: usize, bias: usize, flags: i32): void {
  let s = start(bias, c, flags);
  for (; k > 0; k--) {
    s = f32x4.add(s, f32x4.mul(v128.load_splat<f32>(a), v128.load(b)));
    a += cs;
    b += ldb;
  }
  finish(c, s, flags);
}

/** C = A B (+ C or + bias); columns come in multiples of four, all strides in floats. */
export function multiplyMatrices(m: i32, n: i32, k: i32, a: usize, rs: usize, cs: usize, b: usize, ldb: usize, c: usize, ldc: usize, bias: usize, flags: i32): void {
  rs <<= 2;
  cs <<= 2;
  ldb <<= 2;
  ldc <<= 2;
  const whole = m & ~3;
  let column = 0;
  for (; column + 8 <= n; column += 8) {
    let from = a, to = c;
    for (let row = 0; row < whole; row += 4) {
      tile4x8(k, from, rs, cs, b, ldb, to, ldc, bias, flags);
      from += rs << 2;
      to += ldc << 2;
    }
    for (let row = whole; row < m; row++) {
      tile1x4(k, from, cs, b, ldb, to, bias, flags);
      tile1x4(k, from, cs, b + 16, ldb, to + 16, bias ? bias + 16 : 0, flags);
      from += rs;
      to += ldc;
    }
    b += 32;
    c += 32;
    if (bias) bias += 32;
  }
  if (column < n) {
    let from = a, to = c;
    for (let row = 0; row < whole; row += 4) {
      tile4x4(k, from, rs, cs, b, ldb, to, ldc, bias, flags);
      from += rs << 2;
      to += ldc << 2;
    }
    for (let row = whole; row < m; row++) {
      tile1x4(k, from, cs, b, ldb, to, bias, flags);
      from += rs;
      to += ldc;
    }
  }
}

export function gemm(c: usize): void {
  const bias = word(c, 12) == -1 ? 0 : place(c, 12);
  multiplyMatrices(word(c, 2), word(c, 3), word(c, 4), place(c, 5), word(c, 6), word(c, 7), place(c, 8), word(c, 9), place(c, 10), word(c, 11), bias, word(c, 13));
}

export function transpose(c: usize): void {
  const rows = word(c, 2), columns = word(c, 3);
  const strideFrom = <usize>word(c, 5) << 2, strideTo = word(c, 7);
  const from = place(c, 4);
  let to = place(c, 6);
  for (let column = 0; column < columns; column++) {
    let cell = from + (<usize>column << 2);
    for (let row = 0; row < rows; row++) {
      store<f32>(to + (<usize>row << 2), load<f32>(cell));
      cell += strideFrom;
    }
    for (let row = rows; row < strideTo; row++) store<f32>(to + (<usize>row << 2), 0);
    to += <usize>strideTo << 2;
  }
}

export function columnSum(c: usize): void {
  const rows = word(c, 2), n = word(c, 3), accumulate = word(c, 7);
  const stride = <usize>word(c, 5) << 2;
  let from = place(c, 4), to = place(c, 6);
  for (let column = 0; column < n; column += 4) {
    let sum = accumulate ? v128.load(to) : f32x4.splat(0);
    let cell = from;
    for (let row = 0; row < rows; row++) {
      sum = f32x4.add(sum, v128.load(cell));
      cell += stride;
    }
    v128.store(to, sum);
    from += 16;
    to += 16;
  }
}

export function addRow(c: usize): void {
  const rows = word(c, 2), n = word(c, 3);
  const stride = <usize>word(c, 5) << 2, line = place(c, 6);
  let from = place(c, 4), to = place(c, 7);
  for (let row = 0; row < rows; row++) {
    for (let i: usize = 0; i < <usize>n << 2; i += 16)
      v128.store(to + i, f32x4.add(v128.load(from + i), v128.load(line + i)));
    from += stride;
    to += <usize>n << 2;
  }
}
