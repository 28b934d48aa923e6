// Softmax and layer norm, a row at a time. Padding becomes 0 first, so that whole vectors may be summed.
import { place, word } from './operands';
import { addLanes, addProductLanes, maskOf, total } from './reductions';
import { exp4 } from './transcendental';

/** Sets the padding of a row to 0. */
// @ts-ignore: decorator
@inline
function clearPadding(row: usize, columns: i32): void {
  if (columns & 3) {
    const end = row + (<usize>(columns & ~3) << 2);
    v128.store(end, v128.and(v128.load(end), maskOf(columns)));
  }
}

export function softmaxRow(from: usize, to: usize, columns: i32, stride: usize): void {
  let most = load<f32>(from);
  for (let column = 1; column < columns; column++) {
    const x = load<f32>(from + (<usize>column << 2));
    most = x > most ? x : most;
  }
  for (let i: usize = 0; i < stride; i += 16)
    v128.store(to + i, exp4(f32x4.sub(v128.load(from + i), f32x4.splat(most))));
  clearPadding(to, columns);
  const sum = f32x4.splat(total(addLanes(f32x4.splat(0), to, columns)));
  for (let i: usize = 0; i < stride; i += 16) v128.store(to + i, f32x4.div(v128.load(to + i), sum));
}

export function softmax(c: usize): void {
  const rows = word(c, 2), columns = word(c, 3), stride = <usize>word(c, 4) << 2;
  let from = place(c, 5), to = place(c, 6);
  for (let row = 0; row < rows; row++) {
    softmaxRow(from, to, columns, stride);
    from += stride;
    to += stride;
  }
}

export function softmaxBackward(c: usize): void {
  const rows = word(c, 2), columns = word(c, 3), stride = <usize>word(c, 4) << 2;
  let gradient = place(c, 5), output = place(c, 6), to = place(c, 7);
  for (let row = 0; row < rows; row++) {
    const mean = f32x4.splat(total(addProductLanes(f32x4.splat(0), gradient, output, columns)));
    for (let i: usize = 0; i < stride; i += 16)
      v128.store(to + i, f32x4.mul(v128.load(output + i), f32x4.sub(v128.load(gradient + i), mean)));
    gradient += stride;
    output += stride;
    to += stride;
  }
}

function normaliseRow(from: usize, to: usize, columns: i32, stride: usize): f32 {
  const mean = f32x4.splat(total(addLanes(f32x4.splat(0), from, columns)) / <f32>columns);
  for (let i: usize = 0; i < stride; i += 16) v128.store(to + i, f32x4.sub(v128.load(from + i), mean));
  clearPadding(to, columns);
  const variance = total(addProductLanes(f32x4.splat(0), to, to, columns)) / <f32>columns;
  const inverse: f32 = <f32>1 / sqrt<f32>(variance + <f32>1e-5);
  for (let i: usize = 0; i < stride; i += 16)
    v128.store(to + i, f32x4.mul(v128.load(to + i), f32x4.splat(inverse)));
  return inverse;
}

export function layerNorm(c: usize): void {
  const rows = word(c, 2), columns = word(c, 3), stride = <usize>word(c, 4) << 2;
  let from = place(c, 5), normalised = place(c, 8), inverse = place(c, 9), to = place(c, 10);
  const gain = place(c, 6), shift = place(c, 7);
  for (let row = 0; row < rows; row++) {
    store<f32>(inverse, normaliseRow(from, normalised, columns, stride));
    for (let i: usize = 0; i < stride; i += 16)
      v128.store(to + i, f32x4.add(f32x4.mul(v128.load(normalised + i), v128.load(gain + i)), v128.load(shift + i)));
    from += stride;
    normalised += stride;
    inverse += 4;
    to += stride;
  }
}

export function layerNormBackward(c: usize): void {
  const rows = word(c, 2), columns = word(c, 3), stride = <usize>word(c, 4) << 2;
  let gradient = place(c, 5), normalised = place(c, 7), inverses = place(c, 8);
  let to = place(c, 9), gainTerms = place(c, 10);
  const gain = place(c, 6);
  for (let row = 0; row < rows; row++) {
    for (let i: usize = 0; i < stride; i += 16) {
      const g = v128.load(gradient + i);
      v128.store(gainTerms + i, f32x4.mul(g, v128.load(normalised + i)));
      v128.store(to + i, f32x4.mul(g, v128.load(gain + i)));
    }
    const mean = f32x4.splat(total(addLanes(f32x4.splat(0), to, columns)) / <f32>columns);
    const slope = f32x4.splat(total(addProductLanes(f32x4.splat(0), to, normalised, columns)) / <f32>columns);
    const inverse = v128.load_splat<f32>(inverses);
    for (let i: usize = 0; i < stride; i += 16) {
      const rest = f32x4.sub(v128.load(to + i), mean);
      const along = f32x4.mul(v128.load(normalised + i), slope);
      v128.store(to + i, f32x4.mul(inverse, f32x4.sub(rest, along)));
    }
    clearPadding(to, columns);
    gradient += stride;
    normalised += stride;
    inverses += 4;
    to += stride;
    gainTerms += stride;
  }
}
