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

/** Where sums start that neither add to what is there nor to a bias: sixteen zeros. */
const ZEROS = memory.data(64, 16);

/** Pairs of rows by sixteen columns: eight sums, four of B's vectors and one number of A stay in registers. The loop holds
 * one step only, as compilers load all that an unrolled one needs first and then run out of registers. Strides in bytes;
 * `from` is a bias or zeros. */
function tiles2x16(rows: i32, k: i32, a: usize, rs: usize, cs: usize, b: usize, ldb: usize, c: usize, ldc: usize, from: usize, flags: i32): void {
  const end = b + <usize>k * ldb;
  for (; rows > 0; rows -= 2) {
    const d = c + ldc;
    let s0: v128, s1: v128, s2: v128, s3: v128, t0: v128, t1: v128, t2: v128, t3: v128;
    if (flags & ACCUMULATE) {
      s0 = v128.load(c), s1 = v128.load(c, 16), s2 = v128.load(c, 32), s3 = v128.load(c, 48);
      t0 = v128.load(d), t1 = v128.load(d, 16), t2 = v128.load(d, 32), t3 = v128.load(d, 48);
    } else {
      s0 = v128.load(from), s1 = v128.load(from, 16), s2 = v128.load(from, 32), s3 = v128.load(from, 48);
      t0 = s0, t1 = s1, t2 = s2, t3 = s3;
    }
    let line = b, upper = a, lower = a + rs;
    while (line != end) {
      const b0 = v128.load(line), b1 = v128.load(line, 16), b2 = v128.load(line, 32), b3 = v128.load(line, 48);
      let x = v128.load_splat<f32>(upper);
      s0 = f32x4.add(s0, f32x4.mul(x, b0));
      s1 = f32x4.add(s1, f32x4.mul(x, b1));
      s2 = f32x4.add(s2, f32x4.mul(x, b2));
      s3 = f32x4.add(s3, f32x4.mul(x, b3));
      x = v128.load_splat<f32>(lower);
      t0 = f32x4.add(t0, f32x4.mul(x, b0));
      t1 = f32x4.add(t1, f32x4.mul(x, b1));
      t2 = f32x4.add(t2, f32x4.mul(x, b2));
      t3 = f32x4.add(t3, f32x4.mul(x, b3));
      upper += cs;
      lower += cs;
      line += ldb;
    }
    if (flags & RELU) {
      const zero = f32x4.splat(0);
      s0 = f32x4.pmax(s0, zero), s1 = f32x4.pmax(s1, zero), s2 = f32x4.pmax(s2, zero), s3 = f32x4.pmax(s3, zero);
      t0 = f32x4.pmax(t0, zero), t1 = f32x4.pmax(t1, zero), t2 = f32x4.pmax(t2, zero), t3 = f32x4.pmax(t3, zero);
    }
    v128.store(c, s0), v128.store(c, s1, 16), v128.store(c, s2, 32), v128.store(c, s3, 48);
    v128.store(d, t0), v128.store(d, t1, 16), v128.store(d, t2, 32), v128.store(d, t3, 48);
    a += rs << 1;
    c += ldc << 1;
  }
}

/** Fours of rows by eight columns, likewise. */
function tiles4x8(rows: i32, k: i32, a: usize, rs: usize, cs: usize, b: usize, ldb: usize, c: usize, ldc: usize, from: usize, flags: i32): void {
  const end = b + <usize>k * ldb;
  for (; rows > 0; rows -= 4) {
    const c1 = c + ldc, c2 = c1 + ldc, c3 = c2 + ldc;
    let s00: v128, s01: v128, s10: v128, s11: v128, s20: v128, s21: v128, s30: v128, s31: v128;
    if (flags & ACCUMULATE) {
      s00 = v128.load(c), s01 = v128.load(c, 16), s10 = v128.load(c1), s11 = v128.load(c1, 16);
      s20 = v128.load(c2), s21 = v128.load(c2, 16), s30 = v128.load(c3), s31 = v128.load(c3, 16);
    } else {
      s00 = v128.load(from), s01 = v128.load(from, 16);
      s10 = s00, s20 = s00, s30 = s00, s11 = s01, s21 = s01, s31 = s01;
    }
    let line = b, a0 = a, a1 = a + rs, a2 = a1 + rs, a3 = a2 + rs;
    while (line != end) {
      const b0 = v128.load(line), b1 = v128.load(line, 16);
      let x = v128.load_splat<f32>(a0);
      s00 = f32x4.add(s00, f32x4.mul(x, b0));
      s01 = f32x4.add(s01, f32x4.mul(x, b1));
      x = v128.load_splat<f32>(a1);
      s10 = f32x4.add(s10, f32x4.mul(x, b0));
      s11 = f32x4.add(s11, f32x4.mul(x, b1));
      x = v128.load_splat<f32>(a2);
      s20 = f32x4.add(s20, f32x4.mul(x, b0));
      s21 = f32x4.add(s21, f32x4.mul(x, b1));
      x = v128.load_splat<f32>(a3);
      s30 = f32x4.add(s30, f32x4.mul(x, b0));
      s31 = f32x4.add(s31, f32x4.mul(x, b1));
      a0 += cs;
      a1 += cs;
      a2 += cs;
      a3 += cs;
      line += ldb;
    }
    if (flags & RELU) {
      const zero = f32x4.splat(0);
      s00 = f32x4.pmax(s00, zero), s01 = f32x4.pmax(s01, zero), s10 = f32x4.pmax(s10, zero), s11 = f32x4.pmax(s11, zero);
      s20 = f32x4.pmax(s20, zero), s21 = f32x4.pmax(s21, zero), s30 = f32x4.pmax(s30, zero), s31 = f32x4.pmax(s31, zero);
    }
    v128.store(c, s00), v128.store(c, s01, 16), v128.store(c1, s10), v128.store(c1, s11, 16);
    v128.store(c2, s20), v128.store(c2, s21, 16), v128.store(c3, s30), v128.store(c3, s31, 16);
    a += rs << 2;
    c += ldc << 2;
  }
}

/** Fours of rows by the last four columns. */
function tiles4x4(rows: i32, k: i32, a: usize, rs: usize, cs: usize, b: usize, ldb: usize, c: usize, ldc: usize, bias: usize, flags: i32): void {
  for (; rows > 0; rows -= 4) {
    const c1 = c + ldc, c2 = c1 + ldc, c3 = c2 + ldc;
    let s0 = start(bias, c, flags), s1 = start(bias, c1, flags);
    let s2 = start(bias, c2, flags), s3 = start(bias, c3, flags);
    let line = b, a0 = a, a1 = a + rs, a2 = a1 + rs, a3 = a2 + rs;
    for (let left = k; left > 0; left--) {
      const b0 = v128.load(line);
      s0 = f32x4.add(s0, f32x4.mul(v128.load_splat<f32>(a0), b0));
      s1 = f32x4.add(s1, f32x4.mul(v128.load_splat<f32>(a1), b0));
      s2 = f32x4.add(s2, f32x4.mul(v128.load_splat<f32>(a2), b0));
      s3 = f32x4.add(s3, f32x4.mul(v128.load_splat<f32>(a3), b0));
      a0 += cs;
      a1 += cs;
      a2 += cs;
      a3 += cs;
      line += ldb;
    }
    finish(c, s0, flags);
    finish(c1, s1, flags);
    finish(c2, s2, flags);
    finish(c3, s3, flags);
    a += rs << 2;
    c += ldc << 2;
  }
}

/** Rows that no group takes, four columns at a time. */
function lastRows(rows: i32, columns: i32, k: i32, a: usize, rs: usize, cs: usize, b: usize, ldb: usize, c: usize, ldc: usize, bias: usize, flags: i32): void {
  const width = <usize>columns << 2;
  for (; rows > 0; rows--) {
    for (let i: usize = 0; i < width; i += 16) {
      let s = start(bias ? bias + i : 0, c + i, flags);
      let from = a, line = b + i;
      for (let left = k; left > 0; left--) {
        s = f32x4.add(s, f32x4.mul(v128.load_splat<f32>(from), v128.load(line)));
        from += cs;
        line += ldb;
      }
      finish(c + i, s, flags);
    }
    a += rs;
    c += ldc;
  }
}

/** C = A B (+ C or + bias); columns come in multiples of four, all strides in floats. */
export function multiplyMatrices(m: i32, n: i32, k: i32, a: usize, rs: usize, cs: usize, b: usize, ldb: usize, c: usize, ldc: usize, bias: usize, flags: i32): void {
  rs <<= 2;
  cs <<= 2;
  ldb <<= 2;
  ldc <<= 2;
  const pairs = m & ~1, fours = m & ~3;
  let left = n;
  while (left > 0) {
    const width = left >= 16 ? 16 : left >= 8 ? 8 : 4;
    const from = bias ? bias : ZEROS, whole = width == 16 ? pairs : fours;
    if (width == 16) tiles2x16(whole, k, a, rs, cs, b, ldb, c, ldc, from, flags);
    else if (width == 8) tiles4x8(whole, k, a, rs, cs, b, ldb, c, ldc, from, flags);
    else tiles4x4(whole, k, a, rs, cs, b, ldb, c, ldc, bias, flags);
    if (whole < m)
      lastRows(m - whole, width, k, a + <usize>whole * rs, rs, cs, b, ldb, c + <usize>whole * ldc, ldc, bias, flags);
    left -= width;
    b += width << 2;
    c += width << 2;
    if (bias) bias += width << 2;
  }
}

export function gemm(c: usize): void {
  const bias = word(c, 12) == -1 ? 0 : place(c, 12);
  multiplyMatrices(word(c, 2), word(c, 3), word(c, 4), place(c, 5), word(c, 6), word(c, 7), place(c, 8), word(c, 9), place(c, 10), word(c, 11), bias, word(c, 13));
}
