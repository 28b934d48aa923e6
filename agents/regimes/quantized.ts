import { z } from 'zod';
import { accuracyOn } from '../accuracy.js';
import type { ParameterTensor } from '../learning/cohort.js';
import { regime } from './regime.js';

/** The largest level of a signed byte that has its negative. */
const levels = 127;

/** Rounds one matrix to a byte an entry and a scale a column.
 * @formula s_c = max_r |w_rc| / 127; ŵ = s_c round(w / s_c)
 */
function roundMatrix({ rows, columns }: ParameterTensor, from: Float32Array, into: Float32Array): void {
  for (let c = 0; c < columns; c++) {
    let largest = 0;
    for (let r = 0; r < rows; r++) largest = Math.max(largest, Math.abs(from[r * columns + c]!));
    const scale = Math.fround(largest / levels);
    for (let r = 0; r < rows; r++) {
      const at = r * columns + c;
      const level = scale > 0 ? Math.max(-levels, Math.min(levels, Math.round(from[at]! / scale))) : 0;
      into[at] = level * scale;
    }
  }
}

/** Weights as int8 can hold them; vectors (biases, gains) stay as they are, for they cost nothing.
 * @source Jacob et al. 2018, Quantization and Training of Neural Networks (symmetric, per output channel)
 */
export function quantizedWeights(
  tensors: readonly ParameterTensor[],
  parameters: Float32Array,
): Float32Array {
  const rounded = parameters.slice();
  let at = 0;
  for (const tensor of tensors) {
    const end = at + tensor.rows * tensor.columns;
    if (tensor.rows > 1) roundMatrix(tensor, parameters.subarray(at, end), rounded.subarray(at, end));
    at = end;
  }
  return rounded;
}

/** Bytes of the weights with int8 matrices over bytes with float32 throughout. */
export function sizeRatio(tensors: readonly ParameterTensor[]): number {
  const count = (of: (tensor: ParameterTensor) => number) => tensors.reduce((sum, t) => sum + of(t), 0);
  const bytes = count(({ rows, columns }) => (rows > 1 ? rows * columns + 4 * columns : 4 * columns));
  return bytes / count(({ rows, columns }) => 4 * rows * columns);
}

/** Forecasts with a byte a weight. */
export const quantized = regime<Record<string, never>, never>({
  summary: 'Quantized inference: training keeps float32, forecasts are made with int8 weights',
  source:
    'Jacob et al. 2018, Quantization and Training of Neural Networks for Integer-Arithmetic-Only Inference',
  needs: 'gradient',
  isByExample: true,
  options: z.strictObject({}),
  deploy: quantizedWeights,
  conclude: ({ pupil }, { spans }) => {
    const { cohort, slot, lookback } = pupil;
    const learned = cohort.parameters(slot);
    const loss = (): number => accuracyOn(cohort, slot, spans, lookback).loss;
    const float = loss();
    cohort.setParameters(slot, quantizedWeights(cohort.tensors!, learned));
    const int8 = loss();
    cohort.setParameters(slot, learned);
    return {
      readings: [
        { quantity: 'float32-loss', at: 0, value: float },
        { quantity: 'int8-loss', at: 0, value: int8 },
        { quantity: 'int8-size', at: 0, value: sizeRatio(cohort.tensors!) },
      ],
    };
  },
});
