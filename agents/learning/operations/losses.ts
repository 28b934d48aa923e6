import { OPCODES } from '../instructions.js';
import type { Tensor } from '../tensor.js';
import { isContiguous, requireShape } from '../tensor.js';
import { contribute, emit, like, onTape, temporary } from '../trace.js';
import { emitScale } from './emitters.js';

/** scale * sum of c (e - c / 2), where c is e = prediction - target clipped to [-delta, delta]. */
function residualLoss(
  name: string,
  prediction: Tensor,
  target: Tensor,
  delta: number,
  scale: number,
): Tensor {
  const { rows, columns, stride, trace } = prediction;
  const fits = rows === target.rows && columns === target.columns;
  requireShape(name, fits && isContiguous(prediction) && isContiguous(target), prediction, target);
  const clipped = like(prediction, `${name} slope`);
  const to = temporary(trace, name, 1, 1, prediction.tracked);
  emit(
    trace,
    OPCODES.residualLoss,
    [rows, columns, stride, prediction.at, target.at, clipped.at, { float: delta }, { float: scale }, to.at],
    4 * rows * columns,
  );
  return onTape(to, (gradient) =>
    contribute(prediction, (into) => emitScale(into, clipped, scale, gradient)),
  );
}

/** Mean of squared errors.
 * @pitfall the target gets no gradient
 */
export const meanSquaredError = (prediction: Tensor, target: Tensor): Tensor =>
  residualLoss(
    'mean squared error',
    prediction,
    target,
    Number.POSITIVE_INFINITY,
    2 / (prediction.rows * prediction.columns),
  );

/** Mean of Huber's loss: quadratic up to `delta`, linear beyond, so that a crash day does not own the model.
 * @source Huber 1964, Annals of Mathematical Statistics 35(1)
 */
export const huberLoss = (prediction: Tensor, target: Tensor, delta: number): Tensor =>
  residualLoss('huber loss', prediction, target, delta, 1 / (prediction.rows * prediction.columns));
