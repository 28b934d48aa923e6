import { place, word } from './operands';
import { sigmoid4, tanh4 } from './transcendental';

/** Width is a multiple of four. */
export function lstmCell(c: usize): void {
  const rows = word(c, 2), width = <usize>word(c, 3) << 2;
  let gates = place(c, 4), cell = place(c, 5), newCell = place(c, 6), tanhCell = place(c, 7), hidden = place(c, 8);
  for (let row = 0; row < rows; row++) {
    for (let i: usize = 0; i < width; i += 16) {
      const z = gates + i;
      const enter = sigmoid4(v128.load(z));
      const keep = sigmoid4(v128.load(z + width));
      const candidate = tanh4(v128.load(z + 2 * width));
      const show = sigmoid4(v128.load(z + 3 * width));
      v128.store(z, enter);
      v128.store(z + width, keep);
      v128.store(z + 2 * width, candidate);
      v128.store(z + 3 * width, show);
      const next = f32x4.add(f32x4.mul(keep, v128.load(cell + i)), f32x4.mul(enter, candidate));
      const t = tanh4(next);
      v128.store(newCell + i, next);
      v128.store(tanhCell + i, t);
      v128.store(hidden + i, f32x4.mul(show, t));
    }
    gates += 4 * width;
    cell += width;
    newCell += width;
    tanhCell += width;
    hidden += width;
  }
}

// @ts-ignore: decorator
@inline
function rest(x: v128): v128 {
  return f32x4.sub(f32x4.splat(1), x);
}

export function lstmCellBackward(c: usize): void {
  const rows = word(c, 2), width = <usize>word(c, 3) << 2;
  let gates = place(c, 4), cell = place(c, 5), tanhCell = place(c, 6);
  let toHidden = place(c, 7), toCell = place(c, 8), toGates = place(c, 9);
  for (let row = 0; row < rows; row++) {
    for (let i: usize = 0; i < width; i += 16) {
      const z = gates + i, to = toGates + i;
      const enter = v128.load(z), keep = v128.load(z + width);
      const candidate = v128.load(z + 2 * width), show = v128.load(z + 3 * width);
      const t = v128.load(tanhCell + i), d = v128.load(toHidden + i);
      const through = f32x4.add(v128.load(toCell + i), f32x4.mul(f32x4.mul(d, show), rest(f32x4.mul(t, t))));
      v128.store(to, f32x4.mul(f32x4.mul(f32x4.mul(through, candidate), enter), rest(enter)));
      v128.store(to + width, f32x4.mul(f32x4.mul(f32x4.mul(through, v128.load(cell + i)), keep), rest(keep)));
      v128.store(to + 2 * width, f32x4.mul(f32x4.mul(through, enter), rest(f32x4.mul(candidate, candidate))));
      v128.store(to + 3 * width, f32x4.mul(f32x4.mul(f32x4.mul(d, t), show), rest(show)));
      v128.store(toCell + i, f32x4.mul(through, keep));
    }
    gates += 4 * width;
    cell += width;
    tanhCell += width;
    toHidden += width;
    toCell += width;
    toGates += 4 * width;
  }
}
