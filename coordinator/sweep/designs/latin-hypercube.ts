import { valueAt } from '../axis.js';
import type { DesignKind } from './design-kind.js';

/** Each axis is cut into as many equal parts as there are points, and each part is used once.
 * @source McKay, Beckman & Conover 1979, Technometrics 21(2)
 */
export const latinHypercube: DesignKind = ({ axes, count, draw }) => {
  const places = axes.map((axis) => {
    const lot = draw(axis.path);
    const parts = lot.shuffle(Array.from({ length: count }, (_, i) => i));
    return parts.map((part) => (part + lot.uniform()) / count);
  });
  return Array.from({ length: count }, (_, i) => axes.map((axis, a) => valueAt(axis, places[a]![i]!)));
};
