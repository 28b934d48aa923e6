import { valueAt } from '../axis.js';
import type { DesignKind, Sampling } from './design-kind.js';
import { sobolFractions } from './sobol-sequence.js';

/** Shifted points of a dimension, in [0, 1): the shift keeps them even and makes their means unbiased. */
export function shiftedSobol(
  dimension: number,
  count: number,
  name: string,
  draw: Sampling['draw'],
): number[] {
  const shift = draw(name).uint32();
  return Array.from(sobolFractions(dimension, count), (x) => ((x ^ shift) >>> 0) / 2 ** 32);
}

/** Points that fill the space evenly; best for a count that is a power of two.
 * @source Sobol 1967, USSR Computational Mathematics 7(4), with a random digital shift
 */
export const sobol: DesignKind = ({ axes, count, draw }) => {
  const places = axes.map((axis, a) => shiftedSobol(a, count, axis.path, draw));
  return Array.from({ length: count }, (_, i) => axes.map((axis, a) => valueAt(axis, places[a]![i]!)));
};
