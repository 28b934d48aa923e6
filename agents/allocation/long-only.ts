import { z } from 'zod';
import { field } from '../../core/scenario/field.js';

/** The option of a strategy whose weights are positive by construction. */
export const alwaysLongOnly = {
  longOnly: field(z.literal(true).default(true), 'Weights are never negative: true only', 'true or false'),
};

/** Positive numbers scaled to sum to `total`. */
export function scaledTo(values: Float64Array, total: number): Float64Array {
  let sum = 0;
  for (const value of values) sum += value;
  return values.map((value) => (value / sum) * total);
}
