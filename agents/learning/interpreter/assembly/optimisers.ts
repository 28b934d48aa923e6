import { float, place, word } from './operands';

export function adam(c: usize): void {
  const end = (<usize>word(c, 2)) << 2;
  const parameters = place(c, 3),
    gradient = place(c, 4),
    first = place(c, 5),
    second = place(c, 6);
  const scalars = place(c, 7),
    beta1 = float(c, 8),
    beta2 = float(c, 9);
  const b1 = f32x4.splat(beta1),
    rest1 = f32x4.splat(<f32>1 - beta1);
  const b2 = f32x4.splat(beta2),
    rest2 = f32x4.splat(<f32>1 - beta2);
  const stepSize = v128.load_splat<f32>(scalars),
    epsilon = v128.load_splat<f32>(scalars, 4);
  const decay = v128.load_splat<f32>(scalars, 8);
  for (let i: usize = 0; i < end; i += 16) {
    const g = v128.load(gradient + i);
    const mean = f32x4.add(f32x4.mul(b1, v128.load(first + i)), f32x4.mul(rest1, g));
    const square = f32x4.add(f32x4.mul(b2, v128.load(second + i)), f32x4.mul(f32x4.mul(rest2, g), g));
    v128.store(first + i, mean);
    v128.store(second + i, square);
    const move = f32x4.div(f32x4.mul(stepSize, mean), f32x4.add(f32x4.sqrt(square), epsilon));
    v128.store(parameters + i, f32x4.sub(f32x4.mul(v128.load(parameters + i), decay), move));
  }
}

export function gradientDescent(c: usize): void {
  const end = (<usize>word(c, 2)) << 2,
    parameters = place(c, 3),
    gradient = place(c, 4),
    scalars = place(c, 5);
  const stepSize = v128.load_splat<f32>(scalars),
    decay = v128.load_splat<f32>(scalars, 8);
  for (let i: usize = 0; i < end; i += 16) {
    const kept = f32x4.mul(v128.load(parameters + i), decay);
    v128.store(parameters + i, f32x4.sub(kept, f32x4.mul(stepSize, v128.load(gradient + i))));
  }
}

export function shrink(c: usize): void {
  const a = place(c, 2),
    end = (<usize>word(c, 3)) << 2,
    threshold = v128.load_splat<f32>(place(c, 4), 12);
  for (let i: usize = 0; i < end; i += 16) {
    const x = v128.load(a + i);
    const rest = f32x4.pmax(f32x4.sub(f32x4.abs(x), threshold), f32x4.splat(0));
    const negative = f32x4.lt(x, f32x4.splat(0));
    v128.store(a + i, v128.bitselect(f32x4.neg(rest), rest, negative));
  }
}
