// Causal self-attention. A head's columns are a multiple of four; the rows of weights are padded to one.
import { float, place, word } from './operands';
import { addLanes, addProductLanes, total } from './reductions';
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

function shares(row: usize, first: i32, last: i32, length: i32): void {
  let most = load<f32>(row + (<usize>first << 2));
  for (let j = first + 1; j <= last; j++) {
    const x = load<f32>(row + (<usize>j << 2));
    most = x > most ? x : most;
  }
  const end = <usize>((length + 3) & ~3) << 2;
  for (let i: usize = 0; i < end; i += 16)
    v128.store(row + i, exp4(f32x4.sub(v128.load(row + i), f32x4.splat(most))));
  memory.fill(row, 0, <usize>first << 2);
  memory.fill(row + (<usize>(last + 1) << 2), 0, end - (<usize>(last + 1) << 2));
  const sum = f32x4.splat(total(addLanes(f32x4.splat(0), row, length)));
  for (let i: usize = 0; i < end; i += 16) v128.store(row + i, f32x4.div(v128.load(row + i), sum));
}

export function attention(c: usize): void {
  const samples = word(c, 2), length = word(c, 3), width = word(c, 4), heads = word(c, 5), span = word(c, 6);
  const scale = float(c, 7), n = width / heads, line = <usize>width << 2, stride = <usize>((length + 3) & ~3) << 2;
  const queries = place(c, 8), keys = place(c, 9), values = place(c, 10), to = place(c, 12);
  let row = place(c, 11);
  for (let s = 0; s < samples; s++)
    for (let h = 0; h < heads; h++) {
      const base = <usize>s * <usize>length * line + (<usize>(n * h) << 2);
      for (let q = 0; q < length; q++) {
        const first = max(0, q - span + 1), here = base + <usize>q * line;
        memory.fill(row, 0, stride);
        for (let j = first; j <= q; j++)
          store<f32>(row + (<usize>j << 2), product(queries + here, keys + base + <usize>j * line, n) * scale);
        shares(row, first, q, length);
        memory.fill(to + here, 0, <usize>n << 2);
        for (let j = first; j <= q; j++)
          addScaled(to + here, load<f32>(row + (<usize>j << 2)), values + base + <usize>j * line, n);
        row += stride;
      }
    }
}

export function attentionBackward(c: usize): void {
  const samples = word(c, 2), length = word(c, 3), width = word(c, 4), heads = word(c, 5), span = word(c, 6);
  const scale = float(c, 7), n = width / heads, line = <usize>width << 2, stride = <usize>((length + 3) & ~3) << 2;
  const queries = place(c, 8), keys = place(c, 9), values = place(c, 10), gradient = place(c, 12);
  const toQueries = place(c, 13), toKeys = place(c, 14), toValues = place(c, 15), slopes = place(c, 16);
  const whole = <usize>samples * <usize>length * line;
  memory.fill(toQueries, 0, whole);
  memory.fill(toKeys, 0, whole);
  memory.fill(toValues, 0, whole);
  let row = place(c, 11);
  for (let s = 0; s < samples; s++)
    for (let h = 0; h < heads; h++) {
      const base = <usize>s * <usize>length * line + (<usize>(n * h) << 2);
      for (let q = 0; q < length; q++) {
        const first = max(0, q - span + 1), here = base + <usize>q * line;
        memory.fill(slopes, 0, stride);
        for (let j = first; j <= q; j++)
          store<f32>(slopes + (<usize>j << 2), product(gradient + here, values + base + <usize>j * line, n));
        const mean = product(row, slopes, length);
        for (let j = first; j <= q; j++) {
          const there = base + <usize>j * line, share = load<f32>(row + (<usize>j << 2));
          const slope: f32 = share * (load<f32>(slopes + (<usize>j << 2)) - mean) * scale;
          addScaled(toQueries + here, slope, keys + there, n);
          addScaled(toKeys + there, slope, queries + here, n);
          addScaled(toValues + there, share, gradient + here, n);
        }
        row += stride;
      }
    }
}
