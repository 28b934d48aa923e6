import { glorotUniform, heNormal, ones, zeros, type Initialiser } from '../learning/initialisers.js';
import { affine, affineRelu, layerNorm, sliceColumns } from '../learning/operations/index.js';
import type { Tensor } from '../learning/tensor.js';
import type { Trace } from '../learning/trace.js';
import { parameter } from '../learning/trace.js';

/** Weights and bias of a layer; ask twice under one name and the weights are shared. */
export function weightsAndBias(
  trace: Trace,
  name: string,
  inputs: number,
  outputs: number,
  initialise: Initialiser = glorotUniform,
): [Tensor, Tensor] {
  return [
    parameter(trace, `${name} weights`, inputs, outputs, initialise),
    parameter(trace, `${name} bias`, 1, outputs, zeros),
  ];
}

/** Rectified layers of the given widths on top of each other; returns the last. */
export function hiddenLayers(trace: Trace, inputs: Tensor, widths: readonly number[]): Tensor {
  return widths.reduce(
    (below, width, i) =>
      affineRelu(below, ...weightsAndBias(trace, `layer ${i + 1}`, below.columns, width, heNormal)),
    inputs,
  );
}

/** A linear layer. */
export const projection = (trace: Trace, name: string, from: Tensor, outputs: number): Tensor =>
  affine(from, ...weightsAndBias(trace, name, from.columns, outputs));

/** A linear read-out of one column. */
export const readout = (trace: Trace, hidden: Tensor): Tensor => projection(trace, 'output', hidden, 1);

/** Layer norm with gain and shift of its own. */
export function normalised(trace: Trace, name: string, from: Tensor): Tensor {
  const gain = parameter(trace, `${name} gain`, 1, from.columns, ones);
  return layerNorm(from, gain, parameter(trace, `${name} shift`, 1, from.columns, zeros));
}

/** The columns of each day of a window, oldest first. */
export const daysOf = (inputs: Tensor, window: number): Tensor[] =>
  Array.from({ length: window }, (_, day) => {
    const width = inputs.columns / window;
    return sliceColumns(inputs, day * width, (day + 1) * width);
  });
