// Kernels over whole storage, four lanes at a time; n is a multiple of four.
import { float, place, word } from './operands';
import { exp4, log4, sigmoid4, tanh4 } from './transcendental';

export function relu(c: usize): void {
  const to = place(c, 2),
    a = place(c, 3),
    end = (<usize>word(c, 4)) << 2;
  for (let i: usize = 0; i < end; i += 16) v128.store(to + i, f32x4.pmax(v128.load(a + i), f32x4.splat(0)));
}

export function tanh(c: usize): void {
  const to = place(c, 2),
    a = place(c, 3),
    end = (<usize>word(c, 4)) << 2;
  for (let i: usize = 0; i < end; i += 16) v128.store(to + i, tanh4(v128.load(a + i)));
}

export function sigmoid(c: usize): void {
  const to = place(c, 2),
    a = place(c, 3),
    end = (<usize>word(c, 4)) << 2;
  for (let i: usize = 0; i < end; i += 16) v128.store(to + i, sigmoid4(v128.load(a + i)));
}

export function exp(c: usize): void {
  const to = place(c, 2),
    a = place(c, 3),
    end = (<usize>word(c, 4)) << 2;
  for (let i: usize = 0; i < end; i += 16) v128.store(to + i, exp4(v128.load(a + i)));
}

export function log(c: usize): void {
  const to = place(c, 2),
    a = place(c, 3),
    end = (<usize>word(c, 4)) << 2;
  for (let i: usize = 0; i < end; i += 16) v128.store(to + i, log4(v128.load(a + i)));
}

export function reluBackward(c: usize): void {
  const to = place(c, 2),
    gradient = place(c, 3),
    y = place(c, 4),
    end = (<usize>word(c, 5)) << 2;
  for (let i: usize = 0; i < end; i += 16)
    v128.store(to + i, v128.and(v128.load(gradient + i), f32x4.gt(v128.load(y + i), f32x4.splat(0))));
}

export function tanhBackward(c: usize): void {
  const to = place(c, 2),
    gradient = place(c, 3),
    output = place(c, 4),
    end = (<usize>word(c, 5)) << 2;
  for (let i: usize = 0; i < end; i += 16) {
    const y = v128.load(output + i);
    const slope = f32x4.sub(f32x4.splat(1), f32x4.mul(y, y));
    v128.store(to + i, f32x4.mul(v128.load(gradient + i), slope));
  }
}

export function sigmoidBackward(c: usize): void {
  const to = place(c, 2),
    gradient = place(c, 3),
    output = place(c, 4),
    end = (<usize>word(c, 5)) << 2;
  for (let i: usize = 0; i < end; i += 16) {
    const y = v128.load(output + i);
    const rest = f32x4.sub(f32x4.splat(1), y);
    v128.store(to + i, f32x4.mul(f32x4.mul(v128.load(gradient + i), y), rest));
  }
}

export function add(c: usize): void {
  const to = place(c, 2),
    a = place(c, 3),
    b = place(c, 4),
    end = (<usize>word(c, 5)) << 2;
  for (let i: usize = 0; i < end; i += 16) v128.store(to + i, f32x4.add(v128.load(a + i), v128.load(b + i)));
}

export function subtract(c: usize): void {
  const to = place(c, 2),
    a = place(c, 3),
    b = place(c, 4),
    end = (<usize>word(c, 5)) << 2;
  for (let i: usize = 0; i < end; i += 16) v128.store(to + i, f32x4.sub(v128.load(a + i), v128.load(b + i)));
}

export function multiply(c: usize): void {
  const to = place(c, 2),
    a = place(c, 3),
    b = place(c, 4),
    end = (<usize>word(c, 5)) << 2;
  for (let i: usize = 0; i < end; i += 16) v128.store(to + i, f32x4.mul(v128.load(a + i), v128.load(b + i)));
}

export function divide(c: usize): void {
  const to = place(c, 2),
    a = place(c, 3),
    b = place(c, 4),
    end = (<usize>word(c, 5)) << 2;
  for (let i: usize = 0; i < end; i += 16) v128.store(to + i, f32x4.div(v128.load(a + i), v128.load(b + i)));
}

export function scaleBy(c: usize): void {
  const to = place(c, 2),
    a = place(c, 3),
    end = (<usize>word(c, 6)) << 2;
  const factor = float(c, 5);
  const by = f32x4.splat(word(c, 4) == -1 ? factor : load<f32>(place(c, 4)) * factor);
  for (let i: usize = 0; i < end; i += 16) v128.store(to + i, f32x4.mul(v128.load(a + i), by));
}

export function fill(c: usize): void {
  const to = place(c, 2),
    end = (<usize>word(c, 4)) << 2,
    value = f32x4.splat(float(c, 3));
  for (let i: usize = 0; i < end; i += 16) v128.store(to + i, value);
}

export function copy(c: usize): void {
  const rows = word(c, 2),
    columns = (<usize>word(c, 3)) << 2,
    wide = (<usize>word(c, 8)) << 2;
  const strideFrom = (<usize>word(c, 5)) << 2,
    strideTo = (<usize>word(c, 7)) << 2;
  let from = place(c, 4),
    to = place(c, 6);
  for (let row = 0; row < rows; row++) {
    memory.copy(to, from, columns);
    if (wide > columns) memory.fill(to + columns, 0, wide - columns);
    from += strideFrom;
    to += strideTo;
  }
}

export function flush(c: usize): void {
  const a = place(c, 2),
    end = (<usize>word(c, 3)) << 2,
    least = f32x4.splat(1.1754943508222875e-38);
  for (let i: usize = 0; i < end; i += 16) {
    const x = v128.load(a + i);
    v128.store(a + i, v128.andnot(x, f32x4.lt(f32x4.abs(x), least)));
  }
}
