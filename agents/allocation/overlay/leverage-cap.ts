import { tabulate } from '../../../core/slab.js';
import type { Limit } from '../overlay.js';

/** Scales all weights down so that their gross sum does not exceed the cap.
 * @formula w · min(1, cap / Σ|w|)
 */
export function leverageCap(cap: number): Limit {
  return (weights) => {
    let gross = 0;
    for (const weight of weights) gross += Math.abs(weight);
    return gross <= cap ? weights : tabulate(weights.length, (k) => (weights[k]! * cap) / gross);
  };
}
