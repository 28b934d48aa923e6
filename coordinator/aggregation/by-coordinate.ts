import type { Update, Vector } from './aggregation.js';

/** One value a coordinate, from that coordinate's values over all updates in rising order. */
export function byCoordinate(
  updates: readonly Update<Vector>[],
  combine: (sorted: Float64Array) => number,
): Float64Array {
  const column = new Float64Array(updates.length);
  return new Float64Array(updates[0]!.delta.length).map((_, j) => {
    updates.forEach(({ delta }, i) => (column[i] = delta[j]!));
    return combine(column.sort());
  });
}

/** Middle of sorted values; of an even number, the mean of the two in the middle. */
export function middle(sorted: Float64Array): number {
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** Mean of sorted[start..end). */
export function meanBetween(sorted: Float64Array, start: number, end: number): number {
  let sum = 0;
  for (let i = start; i < end; i++) sum += sorted[i]!;
  return sum / (end - start);
}
