import { tabulate } from '../../../core/slab.js';
import type { Limit } from '../overlay.js';

/** Keeps each weight within a share of its benchmark weight; what is cut stays in cash.
 * @formula max(b (1 − limit), min(b (1 + limit), w))
 * @pitfall the distance is in shares of the benchmark weight: a limit in absolute weight would let institutions
 *          want more of a small asset than there is
 */
export function activeLimits(benchmark: Float64Array, limit: number): Limit {
  return (weights) =>
    tabulate(weights.length, (k) =>
      Math.max(benchmark[k]! * (1 - limit), Math.min(benchmark[k]! * (1 + limit), weights[k]!)),
    );
}
