import type { Limit } from '../overlay.js';

/** Keeps each weight within a distance of its benchmark weight; what is cut stays in cash.
 * @formula max(b − limit, min(b + limit, w))
 */
export function activeLimits(benchmark: Float64Array, limit: number): Limit {
  return (weights) =>
    weights.map((weight, k) => Math.max(benchmark[k]! - limit, Math.min(benchmark[k]! + limit, weight)));
}
