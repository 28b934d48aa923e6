import type { Vector } from './aggregation.js';

/** Squared Euclidean distance, coordinates in order. */
export function squaredDistance(a: Vector, b: Vector): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += (a[j]! - b[j]!) ** 2;
  return sum;
}
