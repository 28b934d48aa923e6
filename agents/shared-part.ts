import type { Cohort } from './learning/cohort.js';
import { Misbuilt } from './learning/misbuilt.js';

/** How many of an architecture's parameters, from the first, are shared where its last tensors stay at home.
 *
 * @throws {Misbuilt} where nothing would be shared
 */
export function sharedCount(architecture: string, cohort: Cohort, kept: number): number {
  if (kept === 0) return cohort.parameterCount;
  const tensors = cohort.tensors ?? [];
  if (kept >= tensors.length)
    throw new Misbuilt(architecture, `has ${tensors.length} tensors: with ${kept} at home nothing is shared`);
  return tensors.slice(0, -kept).reduce((sum, { rows, columns }) => sum + rows * columns, 0);
}

/** A model whose first parameters are these, and whose others stay. */
export function withShared(shared: Float32Array, own: Float32Array): Float32Array {
  if (shared.length === own.length) return shared;
  const whole = own.slice();
  whole.set(shared);
  return whole;
}
