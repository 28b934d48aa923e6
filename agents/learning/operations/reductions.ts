import type { Tensor } from '../tensor.js';
import { requireShape, storage } from '../tensor.js';
import { contribute, onTape, temporary } from '../trace.js';
import { contiguous } from './contiguous.js';
import { emitBroadcast, emitDot, emitScale, emitSum } from './emitters.js';

const scalarOf = (name: string, a: Tensor, tracked: boolean): Tensor =>
  temporary(a.trace, name, 1, 1, tracked);

function weightedSum(name: string, view: Tensor, factor: number): Tensor {
  const a = contiguous(view);
  const to = scalarOf(`${name}(${a.name})`, a, a.tracked);
  emitSum(to, a, factor);
  return onTape(to, (gradient) => contribute(a, (into) => emitBroadcast(into, gradient, factor)));
}

/** Sum of all entries, as a [1, 1] tensor. */
export const sum = (a: Tensor): Tensor => weightedSum('sum', a, 1);

/** Mean of all entries, as a [1, 1] tensor. */
export const mean = (a: Tensor): Tensor => weightedSum('mean', a, 1 / (a.rows * a.columns));

/** Sum of a * b over all entries, as a [1, 1] tensor; a and b may be the same. */
export function dot(first: Tensor, second: Tensor): Tensor {
  const [a, b] = [contiguous(first), contiguous(second)];
  requireShape('dot', a.rows === b.rows && a.columns === b.columns, a, b);
  const to = scalarOf(`dot(${a.name}, ${b.name})`, a, a.tracked || b.tracked);
  emitDot(to, a, b, 1);
  return onTape(to, (gradient) => {
    contribute(a, (into) => emitScale(into, b, 1, gradient));
    contribute(b, (into) => emitScale(into, a, 1, gradient));
  });
}

/** A [1, 1] tensor repeated over a matrix. */
export function broadcast(scalar: Tensor, rows: number, columns: number): Tensor {
  requireShape('broadcast', storage(scalar) === 4, scalar);
  const to = temporary(scalar.trace, `broadcast ${scalar.name}`, rows, columns, scalar.tracked);
  emitBroadcast(to, scalar, 1);
  return onTape(to, (gradient) => contribute(scalar, (into) => emitSum(into, gradient, 1)));
}
