import type { PenaltyTerm } from '../learning/cohort.js';
import { flatPenalties } from '../learning/flat-penalties.js';

/** The slope with the penalties' added, and each penalty's value. */
export function penalised(
  parameters: Float32Array,
  gradient: Float32Array,
  penalties: Readonly<Record<string, PenaltyTerm>>,
): { readonly gradient: Float32Array; readonly values: Readonly<Record<string, number>> } {
  const sum = gradient.slice();
  const values: Record<string, number> = {};
  for (const [name, term] of Object.entries(penalties)) {
    const penalty = flatPenalties[name];
    if (!penalty)
      throw new RangeError(`penalty ${name}: a policy knows ${Object.keys(flatPenalties).join(', ')}`);
    const { value, slope } = penalty(term, parameters);
    for (let j = 0; j < sum.length; j++) sum[j]! += term.weight * slope[j]!;
    values[name] = value;
  }
  return { gradient: sum, values };
}
