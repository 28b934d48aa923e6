// Sums in lanes: lane j takes columns j, j + 4, ... row by row; then lane 0 + 1 + 2 + 3.
import { float, place, word } from './operands';

/** For 0 to 3 remaining columns: which lanes are real. */
const MASKS = memory.data<i32>([0, 0, 0, 0, -1, 0, 0, 0, -1, -1, 0, 0, -1, -1, -1, 0], 16);

// @ts-ignore: decorator
@inline
export function maskOf(columns: i32): v128 {
  return v128.load(MASKS + (<usize>(columns & 3) << 4));
}

// @ts-ignore: decorator
@inline
export function total(lanes: v128): f32 {
  const first = f32x4.extract_lane(lanes, 0) + f32x4.extract_lane(lanes, 1);
  return first + f32x4.extract_lane(lanes, 2) + f32x4.extract_lane(lanes, 3);
}

/** Adds one row's real columns to the lanes. */
// @ts-ignore: decorator
@inline
export function addLanes(lanes: v128, a: usize, columns: i32): v128 {
  let sum = lanes;
  const end = <usize>(columns & ~3) << 2;
  for (let i: usize = 0; i < end; i += 16) sum = f32x4.add(sum, v128.load(a + i));
  if (columns & 3) sum = f32x4.add(sum, v128.and(v128.load(a + end), maskOf(columns)));
  return sum;
}

// @ts-ignore: decorator
@inline
export function addProductLanes(lanes: v128, a: usize, b: usize, columns: i32): v128 {
  let sum = lanes;
  const end = <usize>(columns & ~3) << 2;
  for (let i: usize = 0; i < end; i += 16) sum = f32x4.add(sum, f32x4.mul(v128.load(a + i), v128.load(b + i)));
  if (columns & 3) {
    const last = f32x4.mul(v128.load(a + end), v128.load(b + end));
    sum = f32x4.add(sum, v128.and(last, maskOf(columns)));
  }
  return sum;
}

function storeScalar(to: usize, value: f32): void {
  v128.store(to, f32x4.replace_lane(f32x4.splat(0), 0, value));
}

export function sum(c: usize): void {
  const rows = word(c, 2), columns = word(c, 3), stride = <usize>word(c, 5) << 2;
  let a = place(c, 4), lanes = f32x4.splat(0);
  for (let row = 0; row < rows; row++) {
    lanes = addLanes(lanes, a, columns);
    a += stride;
  }
  storeScalar(place(c, 7), total(lanes) * float(c, 6));
}

export function dot(c: usize): void {
  const rows = word(c, 2), columns = word(c, 3);
  const strideA = <usize>word(c, 5) << 2, strideB = <usize>word(c, 7) << 2;
  let a = place(c, 4), b = place(c, 6), lanes = f32x4.splat(0);
  for (let row = 0; row < rows; row++) {
    lanes = addProductLanes(lanes, a, b, columns);
    a += strideA;
    b += strideB;
  }
  storeScalar(place(c, 9), total(lanes) * float(c, 8));
}

export function broadcast(c: usize): void {
  const rows = word(c, 2), columns = word(c, 3), stride = <usize>word(c, 7) << 2;
  const value = f32x4.splat(load<f32>(place(c, 4)) * float(c, 5));
  let to = place(c, 6);
  const end = <usize>(columns & ~3) << 2;
  for (let row = 0; row < rows; row++) {
    for (let i: usize = 0; i < end; i += 16) v128.store(to + i, value);
    if (columns & 3) v128.store(to + end, v128.and(value, maskOf(columns)));
    to += stride;
  }
}

export function residualLoss(c: usize): void {
  const rows = word(c, 2), columns = word(c, 3), stride = <usize>word(c, 4) << 2;
  let prediction = place(c, 5), target = place(c, 6), clipped = place(c, 7);
  const high = f32x4.splat(float(c, 8)), low = f32x4.neg(high);
  let lanes = f32x4.splat(0);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column += 4) {
      const i = <usize>column << 2;
      const mask = columns - column < 4 ? maskOf(columns) : i32x4.splat(-1);
      const error = f32x4.sub(v128.load(prediction + i), v128.load(target + i));
      const slope = f32x4.pmin(f32x4.pmax(error, low), high);
      v128.store(clipped + i, v128.and(slope, mask));
      const term = f32x4.mul(slope, f32x4.sub(error, f32x4.mul(f32x4.splat(0.5), slope)));
      lanes = f32x4.add(lanes, v128.and(term, mask));
    }
    prediction += stride;
    target += stride;
    clipped += stride;
  }
  storeScalar(place(c, 10), total(lanes) * float(c, 9));
}

export function record(c: usize): void {
  store<f32>(place(c, 3), load<f32>(place(c, 2)));
}
