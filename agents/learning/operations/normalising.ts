import { OPCODES } from '../instructions.js';
import type { Tensor } from '../tensor.js';
import { requireShape } from '../tensor.js';
import { contribute, contributeInPlace, emit, like, onTape, temporary } from '../trace.js';
import { contiguous } from './contiguous.js';

/** Shares of each row: exp(a) over the row's sum, computed from the row's maximum. */
export function softmax(view: Tensor): Tensor {
  const a = contiguous(view);
  const { rows, columns, stride, trace } = a;
  const to = temporary(trace, `softmax(${a.name})`, rows, columns, a.tracked);
  emit(trace, OPCODES.softmax, [rows, columns, stride, a.at, to.at], 28 * rows * columns);
  return onTape(to, (gradient) =>
    contribute(a, (into) =>
      emit(
        trace,
        OPCODES.softmaxBackward,
        [rows, columns, stride, gradient.at, to.at, into.at],
        4 * rows * columns,
      ),
    ),
  );
}

/** Each row shifted to mean 0 and scaled to variance 1, then times `gain` plus `shift`.
 * @source Ba, Kiros & Hinton 2016, Layer Normalization
 */
export function layerNorm(view: Tensor, gain: Tensor, shift: Tensor): Tensor {
  const a = contiguous(view);
  const { rows, columns, stride, trace } = a;
  const fits = [gain, shift].every((row) => row.rows === 1 && row.columns === columns);
  requireShape('layerNorm', fits, a, gain, shift);
  const normalised = like(a, `normalised ${a.name}`);
  const inverse = temporary(trace, 'inverse deviations', 1, rows, false);
  const to = temporary(trace, `layerNorm(${a.name})`, rows, columns, true);
  const words = [rows, columns, stride, a.at, gain.at, shift.at, normalised.at, inverse.at, to.at];
  emit(trace, OPCODES.layerNorm, words, 8 * rows * columns);
  return onTape(to, (gradient) => layerNormBackward(a, gain, shift, normalised, inverse, gradient));
}

function layerNormBackward(
  a: Tensor,
  gain: Tensor,
  shift: Tensor,
  normalised: Tensor,
  inverse: Tensor,
  gradient: Tensor,
): void {
  const { rows, columns, stride, trace } = a;
  const toInput = like(a, 'layer norm input gradient');
  const toGain = temporary(trace, 'layer norm terms', rows, columns, false);
  const words = [rows, columns, stride, gradient.at, gain.at, normalised.at, inverse.at];
  emit(trace, OPCODES.layerNormBackward, [...words, toInput.at, toGain.at], 12 * rows * columns);
  const columnSum = (from: Tensor) => (into: Tensor, add: number) =>
    emit(trace, OPCODES.columnSum, [rows, stride, from.at, stride, into.at, add], rows * columns);
  contributeInPlace(gain, columnSum(toGain));
  contributeInPlace(shift, columnSum(gradient));
  contribute(a, (into) =>
    emit(trace, OPCODES.scaleBy, [into.at, toInput.at, -1, { float: 1 }, rows * stride], 0),
  );
}
