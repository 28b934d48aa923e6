import type { Vector } from './aggregation.js';

/** The parameters moved along a direction, rounded once to their own precision. */
export function move<V extends Vector>(parameters: V, direction: ArrayLike<number>, rate = 1): V {
  const moved = parameters.slice() as V;
  for (let j = 0; j < moved.length; j++) moved[j] = parameters[j]! + rate * direction[j]!;
  return moved;
}
