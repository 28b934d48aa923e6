import type { DerivedInput, Network } from './network.js';
import type { Tensor } from './tensor.js';
import type { Input } from './trace.js';
import { input } from './trace.js';

const nameOf = (derived: string, inputs: string): string => `${derived} of ${inputs}`;

/** Declares what the host derives from the given input rows. */
export function derivedFrom(
  inputs: Tensor,
  { name, columns }: Pick<DerivedInput, 'name' | 'columns'>,
): Tensor {
  const space = inputs.at.buffer.space === 'shared' ? 'shared' : 'data';
  return input(inputs.trace, space, nameOf(name, inputs.name), inputs.rows, columns);
}

/** Fills what is derived from one sample, whose first row is `row`: `fill` gets the sample's rows side by side. */
export function stageDerived(
  { derived = [], rowsPerSample, rowWidth }: Network,
  memory: Float32Array,
  declared: readonly Input[],
  inputs: Input,
  space: number,
  row: number,
  fill: (derived: DerivedInput, rows: Float32Array, into: Float32Array) => void,
): void {
  for (const one of derived) {
    const target = declared.find(({ name }) => name === nameOf(one.name, inputs.name));
    if (!target) continue;
    const rows = new Float32Array(rowsPerSample * rowWidth);
    for (let k = 0; k < rowsPerSample; k++) {
      const at = space + inputs.offset + (row + k) * inputs.stride;
      rows.set(memory.subarray(at, at + rowWidth), k * rowWidth);
    }
    const into = new Float32Array(rowsPerSample * one.columns);
    fill(one, rows, into);
    for (let k = 0; k < rowsPerSample; k++) {
      const values = into.subarray(k * one.columns, (k + 1) * one.columns);
      memory.set(values, space + target.offset + (row + k) * target.stride);
    }
  }
}
