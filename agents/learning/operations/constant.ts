import { OPCODES } from '../instructions.js';
import type { Tensor } from '../tensor.js';
import type { Trace } from '../trace.js';
import { emit, temporary } from '../trace.js';
import { emitBroadcast } from './emitters.js';

/** A matrix of one value; padding is 0. */
export function constant(trace: Trace, value: number, rows = 1, columns = 1): Tensor {
  const scalar = temporary(trace, `${value}`, 1, 1, false);
  emit(trace, OPCODES.fill, [scalar.at, { float: value }, 4]);
  const to = temporary(trace, `constant ${value}`, rows, columns, false);
  emitBroadcast(to, scalar, 1);
  return to;
}
