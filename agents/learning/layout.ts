import type { Parameter } from './trace.js';

/** Copies values in the declared order (as federations send them) to or from an agent's padded block. */
function transfer(
  parameters: readonly Parameter[],
  move: (plain: number, paddedAt: number, columns: number) => void,
): void {
  let plain = 0;
  for (const { rows, columns, stride, offset } of parameters)
    for (let row = 0; row < rows; row++, plain += columns) move(plain, offset + row * stride, columns);
}

export const parameterCount = (parameters: readonly Parameter[]): number =>
  parameters.reduce((total, { rows, columns }) => total + rows * columns, 0);

/** Writes plain values into padded memory at `at`; the padding is left as it is. */
export function scatter(
  parameters: readonly Parameter[],
  values: Float32Array,
  memory: Float32Array,
  at: number,
): void {
  const expected = parameterCount(parameters);
  if (values.length !== expected)
    throw new RangeError(`${values.length} parameter values where the architecture has ${expected}`);
  transfer(parameters, (plain, to, columns) => {
    for (let j = 0; j < columns; j++) memory[at + to + j] = values[plain + j]!;
  });
}

/** Reads plain values out of padded memory at `at`. */
export function collect(parameters: readonly Parameter[], memory: Float32Array, at: number): Float32Array {
  const values = new Float32Array(parameterCount(parameters));
  transfer(parameters, (plain, from, columns) => {
    for (let j = 0; j < columns; j++) values[plain + j] = memory[at + from + j]!;
  });
  return values;
}
