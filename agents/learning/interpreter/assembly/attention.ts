// Causal self-attention. A head's columns are a multiple of four; the rows of weights are padded to one.
import { float, place, word } from './operands';
import { addProductLanes, total } from './reductions';
import { exp4 } from './transcendental';

// @ts-ignore: decorator
@inline
function product(a: usize, b: usize, n: i32): f32 {
  return total(addProductLanes(f32x4.splat(0), a, b, n));
}

// @ts-ignore: decorator
@inline
function addScaled(to: usize, by: f32, from: usize, n: i32): void {
  const scale = f32x4.splat(by);
  for (let i: usize = 0; i < <usize>n << 2; i += 16)
    v128.store(to + i, f32x4.add(v128.load(to + i), f32x4.mul(scale, v128.load(from + i))));
}

/** Which lanes are at or after one of 0 to 3, and which at or before it. */
const FROM = memory.data<i32>([-1, -1, -1, -1, 0, -1, -1, -1, 0, 0, -1, -1, 0, 0, 0, -1], 16);
const UPTO = memory.data<i32>([-1, 0, 0, 0, -1, -1, 0, 0, -1, -1, -1, 0, -1, -1, -1, -1], 16);

// @ts-ignore: decorator
@inline
function bytesBefore(place: i32): usize {
  return <usize>(place & ~3) << 2;
}

/** Sums rows of n columns, `line` bytes apart, each times its weight; one after another, four columns at a time. */
// @ts-ignore: decorator
@inline
function weighted(to: usize, weights: usize, rows: usize, line: usize, count: i32, n: i32): void {
  for (let i: usize = 0; i < <usize>n << 2; i += 16) {
    let sum = f32x4.splat(0);
    let weight = weights, row = rows + i;
    for (let left = count; left > 0; left--) {
      sum = f32x4.add(sum, f32x4.mul(v128.load_splat<f32>(weight), v128.load(row)));
      weight += 4;
      row += line;
    }
    v128.store(to + i, sum);
  }
}

/** Turns the scores of [first, last], of which `most` is the largest, into shares, everything else in the row into 0. */
function shares(row: usize, first: i32, last: i32, stride: usize, most: f32): void {
  const zero = f32x4.splat(0), start = bytesBefore(first), end = bytesBefore(last + 4), top = f32x4.splat(most);
  for (let i: usize = 0; i < start; i += 16) v128.store(row + i, zero);
  let sum = zero;
  for (let i = start; i < end; i += 16) {
    let y = exp4(f32x4.sub(v128.load(row + i), top));
    if (i == start) y = v128.and(y, v128.load(FROM + (<usize>(first & 3) << 4)));
    if (i + 16 == end) y = v128.and(y, v128.load(UPTO + (<usize>(last & 3) << 4)));
    v128.store(row + i, y);
    sum = f32x4.add(sum, y);
  }
  const whole = f32x4.splat(total(sum));
  for (let i = start; i < end; i += 16) v128.store(row + i, f32x4.div(v128.load(row + i), whole));
  for (let i = end; i < stride; i += 16) v128.store(row + i, zero);
}

export function attention(c: usize): void {
  const samples = word(c, 2), length = word(c, 3), width = word(c, 4), heads = word(c, 5), span = word(c, 6);
  const scale = float(c, 7), n = width / heads, line = <usize>width << 2, stride = bytesBefore(length + 3);
  const queries = place(c, 8), keys = place(c, 9), values = place(c, 10), to = place(c, 12);
  let row = place(c, 11);
  for (let s = 0; s < samples; s++)
    for (let h = 0; h < heads; h++) {
      const base = <usize>s * <usize>length * line + (<usize>(n * h) << 2);
      for (let q = 0; q < length; q++) {
        const first = max(0, q - span + 1), here = base + <usize>q * line;
        const before = base + <usize>first * line, began = row + (<usize>first << 2);
        let most = product(queries + here, keys + before, n) * scale;
        store<f32>(began, most);
        for (let j = first + 1; j <= q; j++) {
          const score = product(queries + here, keys + base + <usize>j * line, n) * scale;
          store<f32>(row + (<usize>j << 2), score);
          most = score > most ? score : most;
        }
        shares(row, first, q, stride, most);
        weighted(to + here, began, values + before, line, q - first + 1, n);
        row += stride;
      }
    }
}

export function attentionBackward(c: usize): void {
  const samples = word(c, 2), length = word(c, 3), width = word(c, 4), heads = word(c, 5), span = word(c, 6);
  const scale = float(c, 7), n = width / heads, line = <usize>width << 2, stride = bytesBefore(length + 3);
  const queries = place(c, 8), keys = place(c, 9), values = place(c, 10), gradient = place(c, 12);
  const toQueries = place(c, 13), toKeys = place(c, 14), toValues = place(c, 15), slopes = place(c, 16);
  const whole = <usize>samples * <usize>length * line, zero = f32x4.splat(0);
  memory.fill(toKeys, 0, whole);
  memory.fill(toValues, 0, whole);
  let row = place(c, 11);
  for (let s = 0; s < samples; s++)
    for (let h = 0; h < heads; h++) {
      const base = <usize>s * <usize>length * line + (<usize>(n * h) << 2);
      for (let q = 0; q < length; q++) {
        const first = max(0, q - span + 1), here = base + <usize>q * line;
        const start = bytesBefore(first), end = bytesBefore(q + 4);
        v128.store(slopes + start, zero);
        v128.store(slopes + end - 16, zero);
        for (let j = first; j <= q; j++)
          store<f32>(slopes + (<usize>j << 2), product(gradient + here, values + base + <usize>j * line, n));
        const mean = product(row + start, slopes + start, <i32>((end - start) >> 2));
        for (let j = first; j <= q; j++) {
          const there = base + <usize>j * line, share = load<f32>(row + (<usize>j << 2));
          const slope: f32 = share * (load<f32>(slopes + (<usize>j << 2)) - mean) * scale;
          store<f32>(slopes + (<usize>j << 2), slope);
          addScaled(toKeys + there, slope, queries + here, n);
          addScaled(toValues + there, share, gradient + here, n);
        }
        weighted(toQueries + here, slopes + (<usize>first << 2), keys + base + <usize>first * line, line, q - first + 1, n);
        row += stride;
      }
    }
}
