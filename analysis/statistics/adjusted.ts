/** Indices of the p-values, smallest first; those that are not numbers are left out. */
export const ascendingOrder = (pValues: readonly number[]): number[] =>
  pValues
    .map((_, i) => i)
    .filter((i) => Number.isFinite(pValues[i]!))
    .sort((a, b) => pValues[a]! - pValues[b]! || a - b);
