import type { DerivedInput, Network } from './network.js';
import type { Program } from './program.js';
import { inputNamed } from './staging.js';

/** Fills a sample's derived inputs: `fill` gets its rows, side by side, and the derived rows to write. */
export function stageDerived(
  { derived = [], rowsPerSample, rowWidth }: Network,
  memory: Float32Array,
  program: Program,
  data: number,
  row: number,
  fill: (derived: DerivedInput, rows: Float32Array, into: Float32Array) => void,
): void {
  for (const one of derived) {
    const inputs = inputNamed(program.data, 'inputs');
    const target = inputNamed(program.data, one.name);
    const rows = new Float32Array(rowsPerSample * rowWidth);
    for (let k = 0; k < rowsPerSample; k++) {
      const at = data + inputs.offset + (row + k) * inputs.stride;
      rows.set(memory.subarray(at, at + rowWidth), k * rowWidth);
    }
    const into = new Float32Array(rowsPerSample * one.columns);
    fill(one, rows, into);
    for (let k = 0; k < rowsPerSample; k++)
      memory.set(
        into.subarray(k * one.columns, (k + 1) * one.columns),
        data + target.offset + (row + k) * target.stride,
      );
  }
}
