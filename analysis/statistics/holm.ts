import { ascendingOrder } from './adjusted.js';

/** P-values adjusted so that the chance of any false claim in the family stays below the level.
 * @formula max over j ≤ i of min(1, (m − j + 1) p_(j))
 * @range   [p, 1]; NaN stays NaN and does not count
 * @source  Holm 1979, Scandinavian Journal of Statistics 6(2)
 */
export function holm(pValues: readonly number[]): number[] {
  const adjusted = pValues.map(() => NaN);
  const order = ascendingOrder(pValues);
  let least = 0;
  order.forEach((i, rank) => {
    least = Math.max(least, Math.min(1, (order.length - rank) * pValues[i]!));
    adjusted[i] = least;
  });
  return adjusted;
}
