// Turning matrices, summing their columns, adding a row to each of theirs.
import { place, word } from './operands';

/** Four rows by four columns, turned. */
// @ts-ignore: decorator
@inline
function turn4x4(from: usize, strideFrom: usize, to: usize, strideTo: usize): void {
  const r0 = v128.load(from), r1 = v128.load(from + strideFrom);
  const r2 = v128.load(from + 2 * strideFrom), r3 = v128.load(from + 3 * strideFrom);
  const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5), high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5), high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f64>(low01, low23, 0, 2));
  v128.store(to + strideTo, v128.shuffle<f64>(low01, low23, 1, 3));
  v128.store(to + 2 * strideTo, v128.shuffle<f64>(high01, high23, 0, 2));
  v128.store(to + 3 * strideTo, v128.shuffle<f64>(high01, high23, 1, 3));
}

/** Turns a matrix; what pads a turned row is zero. */
export function transpose(c: usize): void {
  const rows = word(c, 2), columns = word(c, 3);
  const strideFrom = <usize>word(c, 5) << 2, wide = word(c, 7), strideTo = <usize>wide << 2;
  let from = place(c, 4), to = place(c, 6), column = 0;
  const whole = rows & ~3;
  for (; column + 4 <= columns; column += 4) {
    for (let row = 0; row < whole; row += 4)
      turn4x4(from + <usize>row * strideFrom, strideFrom, to + (<usize>row << 2), strideTo);
    for (let i = 0; i < 4; i++) turnEnd(whole, rows, from + (<usize>i << 2), strideFrom, to + <usize>i * strideTo, wide);
    from += 16;
    to += strideTo << 2;
  }
  for (; column < columns; column++) {
    turnEnd(0, rows, from, strideFrom, to, wide);
    from += 4;
    to += strideTo;
  }
}

/** A column from `row` on, as the end of a row. */
function turnEnd(row: i32, rows: i32, from: usize, strideFrom: usize, to: usize, wide: i32): void {
  for (; row < rows; row++) store<f32>(to + (<usize>row << 2), load<f32>(from + <usize>row * strideFrom));
  for (; row < wide; row++) store<f32>(to + (<usize>row << 2), 0);
}

/** Sixteen columns at a time, then four: sums of different columns do not wait for each other. */
export function columnSum(c: usize): void {
  const rows = word(c, 2), accumulate = word(c, 7);
  const stride = <usize>word(c, 5) << 2;
  let from = place(c, 4), to = place(c, 6), left = word(c, 3);
  for (; left >= 16; left -= 16) {
    let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
    if (accumulate) s0 = v128.load(to), s1 = v128.load(to, 16), s2 = v128.load(to, 32), s3 = v128.load(to, 48);
    let cell = from;
    for (let row = 0; row < rows; row++) {
      s0 = f32x4.add(s0, v128.load(cell)), s1 = f32x4.add(s1, v128.load(cell, 16));
      s2 = f32x4.add(s2, v128.load(cell, 32)), s3 = f32x4.add(s3, v128.load(cell, 48));
      cell += stride;
    }
    v128.store(to, s0), v128.store(to, s1, 16), v128.store(to, s2, 32), v128.store(to, s3, 48);
    from += 64;
    to += 64;
  }
  for (; left > 0; left -= 4) {
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
