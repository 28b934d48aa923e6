// Yardsticks for bench/learning.ts, not shipped: the processor's ceiling, and one network fused by hand.
import { multiplyMatrices } from './gemm';
import { total } from './reductions';

/** Twelve chains of multiply and add, independent of each other: 96 operations a turn, nothing else. */
export function peak(turns: i32): f32 {
  const x = f32x4.splat(0.9999),
    y = f32x4.splat(0.001);
  let a = y,
    b = x,
    c = y,
    d = x,
    e = y,
    f = x,
    g = y,
    h = x,
    i = y,
    j = x,
    k = y,
    l = x;
  for (; turns > 0; turns--) {
    a = f32x4.add(f32x4.mul(a, x), y);
    b = f32x4.add(f32x4.mul(b, x), y);
    c = f32x4.add(f32x4.mul(c, x), y);
    d = f32x4.add(f32x4.mul(d, x), y);
    e = f32x4.add(f32x4.mul(e, x), y);
    f = f32x4.add(f32x4.mul(f, x), y);
    g = f32x4.add(f32x4.mul(g, x), y);
    h = f32x4.add(f32x4.mul(h, x), y);
    i = f32x4.add(f32x4.mul(i, x), y);
    j = f32x4.add(f32x4.mul(j, x), y);
    k = f32x4.add(f32x4.mul(k, x), y);
    l = f32x4.add(f32x4.mul(l, x), y);
  }
  const left = f32x4.add(f32x4.add(f32x4.add(a, b), f32x4.add(c, d)), f32x4.add(e, f));
  const right = f32x4.add(f32x4.add(f32x4.add(g, h), f32x4.add(i, j)), f32x4.add(k, l));
  return total(f32x4.add(left, right));
}

// 24 -> 32 -> 16 -> 8 on minibatches of 32; byte offsets inside an agent's parameters.
const BATCH = 32;
const W1 = 0,
  B1 = 3072,
  W2 = 3200,
  B2 = 5248,
  W3 = 5312,
  B3 = 5824,
  BYTES = 5856;
const H1 = memory.data(4096, 16),
  H2 = memory.data(2048, 16),
  OUT = memory.data(1024, 16);
const D1 = memory.data(4096, 16),
  D2 = memory.data(2048, 16),
  D3 = memory.data(1024, 16);
const GRADIENT = memory.data(5856, 16),
  TURNED = memory.data(2048, 16);

function turn(rows: i32, columns: i32, a: usize): void {
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++)
      store<f32>(TURNED + ((c * rows + r) << 2), load<f32>(a + ((r * columns + c) << 2)));
}

function columnSums(n: i32, a: usize, to: usize): void {
  for (let c = 0; c < n; c += 4) {
    let sum = f32x4.splat(0);
    for (let r = 0; r < BATCH; r++) sum = f32x4.add(sum, v128.load(a + ((r * n + c) << 2)));
    v128.store(to + (c << 2), sum);
  }
}

function maskBelow(n: i32, d: usize, y: usize): void {
  for (let i = 0; i < n << 2; i += 16)
    v128.store(d + i, v128.and(v128.load(d + i), f32x4.gt(v128.load(y + i), f32x4.splat(0))));
}

function forward(p: usize, x: usize): void {
  multiplyMatrices(BATCH, 32, 24, x, 24, 1, p + W1, 32, H1, 32, p + B1, 2);
  multiplyMatrices(BATCH, 16, 32, H1, 32, 1, p + W2, 16, H2, 16, p + B2, 2);
  multiplyMatrices(BATCH, 8, 16, H2, 16, 1, p + W3, 8, OUT, 8, p + B3, 0);
}

function loss(y: usize): f32 {
  let lanes = f32x4.splat(0);
  for (let i = 0; i < 1024; i += 16) {
    const e = f32x4.sub(v128.load(OUT + i), v128.load(y + i));
    lanes = f32x4.add(lanes, f32x4.mul(e, e));
    v128.store(D3 + i, f32x4.mul(e, f32x4.splat(2.0 / 256)));
  }
  return total(lanes) / 256;
}

function backward(p: usize, x: usize): void {
  const g = GRADIENT;
  multiplyMatrices(16, 8, BATCH, H2, 1, 16, D3, 8, g + W3, 8, 0, 0);
  columnSums(8, D3, g + B3);
  turn(16, 8, p + W3);
  multiplyMatrices(BATCH, 16, 8, D3, 8, 1, TURNED, 16, D2, 16, 0, 0);
  maskBelow(512, D2, H2);
  multiplyMatrices(32, 16, BATCH, H1, 1, 32, D2, 16, g + W2, 16, 0, 0);
  columnSums(16, D2, g + B2);
  turn(32, 16, p + W2);
  multiplyMatrices(BATCH, 32, 16, D2, 16, 1, TURNED, 32, D1, 32, 0, 0);
  maskBelow(1024, D1, H1);
  multiplyMatrices(24, 32, BATCH, x, 1, 24, D1, 32, g + W1, 32, 0, 0);
  columnSums(32, D1, g + B1);
}

function update(p: usize, stepSize: f32): void {
  const b1 = f32x4.splat(0.9),
    r1 = f32x4.splat(<f32>1 - <f32>0.9),
    s = f32x4.splat(stepSize);
  const b2 = f32x4.splat(0.999),
    r2 = f32x4.splat(<f32>1 - <f32>0.999),
    tiny = f32x4.splat(1e-8);
  for (let i = 0; i < BYTES; i += 16) {
    const g = v128.load(GRADIENT + i);
    const m = f32x4.add(f32x4.mul(b1, v128.load(p + BYTES + i)), f32x4.mul(r1, g));
    const v = f32x4.add(f32x4.mul(b2, v128.load(p + 2 * BYTES + i)), f32x4.mul(f32x4.mul(r2, g), g));
    v128.store(p + BYTES + i, m);
    v128.store(p + 2 * BYTES + i, v);
    const move = f32x4.div(f32x4.mul(s, m), f32x4.add(f32x4.sqrt(v), tiny));
    v128.store(p + i, f32x4.sub(v128.load(p + i), move));
  }
}

/** The same training as the traced program, written out for this one network. */
export function fused(block: usize, data: usize, agents: i32, steps: i32, stepSize: f32): f32 {
  let last: f32 = 0;
  for (let agent = 0; agent < agents; agent++) {
    for (let step = 0; step < steps; step++) {
      forward(block, data);
      last = loss(data + 3072);
      backward(block, data);
      update(block, stepSize);
    }
    block += 3 * BYTES;
    data += 4096;
  }
  return last;
}
