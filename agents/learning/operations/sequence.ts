import { OPCODES } from '../instructions.js';
import type { Tensor } from '../tensor.js';
import { isContiguous, padded, requireShape, storage } from '../tensor.js';
import { at, contribute, emit, onTape, temporary } from '../trace.js';

interface Strided {
  readonly tensor: Tensor;
  readonly offset: number;
  readonly stride: number;
}

function copyStrided(rows: number, columns: number, from: Strided, to: Strided): void {
  emit(to.tensor.trace, OPCODES.copy, [
    rows,
    columns,
    at(from.tensor.at.buffer, from.tensor.at.offset + from.offset),
    from.stride,
    at(to.tensor.at.buffer, to.tensor.at.offset + to.offset),
    to.stride,
    columns,
  ]);
}

const clear = (to: Tensor): void => emit(to.trace, OPCODES.fill, [to.at, { float: 0 }, storage(to)]);

/** Gives every day a row of its own: (samples, length x width) becomes (samples x length, width). */
export function daysAsRows(a: Tensor, length: number): Tensor {
  requireShape('daysAsRows', a.columns % length === 0, a);
  const width = a.columns / length;
  const to = temporary(a.trace, `days of ${a.name}`, a.rows * length, width, a.tracked);
  const stride = padded(width);
  const wide = (tensor: Tensor, day: number) => ({ tensor, offset: day * width, stride: tensor.stride });
  const tall = (tensor: Tensor, day: number) => ({ tensor, offset: day * stride, stride: length * stride });
  clear(to);
  for (let day = 0; day < length; day++) copyStrided(a.rows, width, wide(a, day), tall(to, day));
  return onTape(to, (gradient) =>
    contribute(a, (into) => {
      clear(into);
      for (let day = 0; day < length; day++) copyStrided(a.rows, width, tall(gradient, day), wide(into, day));
    }),
  );
}

/** The last row of every sample: (samples x length, width) becomes (samples, width). */
export function lastOfEach(a: Tensor, length: number): Tensor {
  requireShape('lastOfEach', a.rows % length === 0 && isContiguous(a), a);
  const samples = a.rows / length;
  const to = temporary(a.trace, `last of ${a.name}`, samples, a.columns, a.tracked);
  const lasts = (tensor: Tensor) => ({
    tensor,
    offset: (length - 1) * tensor.stride,
    stride: length * tensor.stride,
  });
  const all = (tensor: Tensor) => ({ tensor, offset: 0, stride: tensor.stride });
  clear(to);
  copyStrided(samples, a.columns, lasts(a), all(to));
  return onTape(to, (gradient) =>
    contribute(a, (into) => {
      clear(into);
      copyStrided(samples, a.columns, all(gradient), lasts(into));
    }),
  );
}

/** The same numbers in other rows; both widths are multiples of four. */
export function reshape(a: Tensor, rows: number, columns: number): Tensor {
  const fits = rows * columns === a.rows * a.columns && columns % 4 === 0 && a.columns % 4 === 0;
  requireShape('reshape', fits && isContiguous(a), a);
  const to: Tensor = { ...a, name: `reshaped ${a.name}`, rows, columns, stride: columns };
  return onTape(to, (gradient) =>
    contribute(a, (into) =>
      emit(a.trace, OPCODES.scaleBy, [into.at, gradient.at, -1, { float: 1 }, rows * columns]),
    ),
  );
}
