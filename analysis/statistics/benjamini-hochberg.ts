import { ascendingOrder } from './adjusted.js';

/** P-values adjusted so that the expected share of false claims among those made stays below the level.
 * @formula min over j ≥ i of min(1, m p_(j)/j)
 * @range   [p, 1]; NaN stays NaN and does not count
 * @source  Benjamini & Hochberg 1995, Journal of the Royal Statistical Society B 57(1)
 * @pitfall holds for independent or positively dependent tests
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const adjusted = pValues.map(() => NaN);
  const order = ascendingOrder(pValues);
  let most = 1;
  for (let rank = order.length; rank >= 1; rank--) {
    const i = order[rank - 1]!;
    most = Math.min(most, pValues[i]! * (order.length / rank));
    adjusted[i] = most;
  }
  return adjusted;
}
