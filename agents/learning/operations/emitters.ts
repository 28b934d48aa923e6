import { OPCODES } from '../instructions.js';
import type { Tensor } from '../tensor.js';
import { storage } from '../tensor.js';
import { emit } from '../trace.js';

/** Emits a plain copy; padding of the target becomes 0. */
export function copyTo(from: Tensor, to: Tensor): void {
  emit(to.trace, OPCODES.copy, [from.rows, from.columns, from.at, from.stride, to.at, to.stride, to.stride]);
}

/** Emits a * factor, or a * (scalar * factor) where `scalar` is a [1, 1] tensor. */
export function emitScale(into: Tensor, a: Tensor, factor: number, scalar?: Tensor): void {
  const n = storage(into);
  emit(into.trace, OPCODES.scaleBy, [into.at, a.at, scalar?.at ?? -1, { float: factor }, n], n);
}

/** Emits the scalar times factor into every real column; padding becomes 0. */
export const emitBroadcast = (into: Tensor, scalar: Tensor, factor: number): void =>
  emit(into.trace, OPCODES.broadcast, [
    into.rows,
    into.columns,
    scalar.at,
    { float: factor },
    into.at,
    into.stride,
  ]);

/** Emits factor * sum of a. */
export const emitSum = (into: Tensor, a: Tensor, factor: number): void =>
  emit(
    into.trace,
    OPCODES.sum,
    [a.rows, a.columns, a.at, a.stride, { float: factor }, into.at],
    a.rows * a.columns,
  );

/** Emits factor * sum of a * b. */
export function emitDot(into: Tensor, a: Tensor, b: Tensor, factor: number): void {
  const words = [a.rows, a.columns, a.at, a.stride, b.at, b.stride, { float: factor }, into.at];
  emit(into.trace, OPCODES.dot, words, 2 * a.rows * a.columns);
}
