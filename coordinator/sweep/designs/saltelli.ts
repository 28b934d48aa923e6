import { valueAt } from '../axis.js';
import type { DesignKind } from './design-kind.js';
import { shiftedSobol } from './sobol.js';

/** Two samples A and B of `count` points, and A with each axis in turn taken from B: what sensitivity indices need.
 * Points come as all of A, all of B, then one block an axis.
 * @source Saltelli et al. 2010, Computer Physics Communications 181(2)
 */
export const saltelli: DesignKind = ({ axes, count, draw }) => {
  const sample = (offset: number, name: string) =>
    axes.map((axis, a) => shiftedSobol(offset + a, count, `${name} ${axis.path}`, draw));
  const [a, b] = [sample(0, 'A'), sample(axes.length, 'B')];
  const block = (from: (axis: number) => number[][]) =>
    Array.from({ length: count }, (_, i) => axes.map((axis, x) => valueAt(axis, from(x)[x]![i]!)));
  return [
    block(() => a),
    block(() => b),
    ...axes.map((_, mixed) => block((x) => (x === mixed ? b : a))),
  ].flat();
};
