import { tabulate } from '../../../core/slab.js';
import type { Limit } from '../overlay.js';

/** Cuts each weight back to its limit, long or short; what is cut stays in cash.
 * @formula max(−limit, min(limit, w))
 */
export function positionLimits(limit: number): Limit {
  return (weights) => tabulate(weights.length, (k) => Math.max(-limit, Math.min(limit, weights[k]!)));
}
