import { OPCODES } from './instructions.js';
import type { Tensor } from './tensor.js';
import type { Trace } from './trace.js';
import { at, emit, like } from './trace.js';

const wholeGradient = (trace: Trace) =>
  at({ space: 'gradient', size: trace.sizes.parameter, offset: 0, lifetime: 'kept' });

/** A parameter the loss does not touch has gradient 0, not whatever the last agent left there. */
function clearUnwritten(trace: Trace): void {
  for (const { declared, tensor } of trace.parameters.values()) {
    if (trace.gradients.has(tensor)) continue;
    const size = declared.rows * declared.stride;
    const gradient = at({ space: 'gradient', size, offset: declared.offset, lifetime: 'kept' });
    trace.gradients.set(tensor, { ...tensor, at: gradient, tracked: false });
    emit(trace, OPCODES.fill, [gradient, { float: 0 }, size]);
  }
}

function addToGradients(trace: Trace, gradient: Tensor): void {
  clearUnwritten(trace);
  const whole = wholeGradient(trace);
  emit(trace, OPCODES.add, [whole, whole, gradient.at, gradient.columns], gradient.columns);
}

/** All parameters as one row, padding (always 0) included: what penalties on the whole model act on.
 * Ask for it after the architecture has declared its parameters.
 */
export function parameterVector(trace: Trace): Tensor {
  const columns = trace.sizes.parameter;
  const buffer = { space: 'parameter', size: columns, offset: 0, lifetime: 'kept' } as const;
  const vector: Tensor = {
    trace,
    name: 'parameters',
    rows: 1,
    columns,
    stride: columns,
    at: at(buffer),
    tracked: true,
  };
  // First on the tape, so last on the way back: by then every parameter's own gradient is written.
  trace.tape.unshift({ output: vector, backward: (gradient) => addToGradients(trace, gradient) });
  return vector;
}

function seed(loss: Tensor): Tensor {
  const one = like(loss, 'one');
  const gradient = like(loss, 'gradient of the loss');
  emit(loss.trace, OPCODES.fill, [one.at, { float: 1 }, 4]);
  emit(loss.trace, OPCODES.broadcast, [1, 1, one.at, { float: 1 }, gradient.at, 4]);
  return gradient;
}

/** Emits the way back from the loss to everything on the tape.
 * @source Griewank & Walther 2008, Evaluating Derivatives, ch. 3
 */
export function reverseSweep(loss: Tensor): void {
  const { trace } = loss;
  trace.gradients.set(loss, seed(loss));
  for (const { output, backward: step } of [...trace.tape].reverse()) {
    const gradient = trace.gradients.get(output);
    if (gradient) step(gradient);
  }
}

/** Emits the reverse sweep: afterwards the gradient space holds the loss's slope in every parameter. */
export function backward(loss: Tensor): void {
  reverseSweep(loss);
  clearUnwritten(loss.trace);
}

/** The gradient of all parameters as one row, once `backward` has run. */
export function gradientVector(trace: Trace): Tensor {
  const columns = trace.sizes.parameter;
  const buffer = wholeGradient(trace);
  return { trace, name: 'gradient', rows: 1, columns, stride: columns, at: buffer, tracked: false };
}
