import type { Scenario } from '../core/scenario.js';
import type { Orders, Stage } from '../core/types.js';

/** What each order's institution pays to trade, USD: half the spread and the commission on the value of every fill. */
export function fillCosts(
  scenario: Scenario,
  stage: Stage,
  { institution, units }: Orders,
  price: Float64Array,
): Float64Array {
  const commission = scenario.market.costs.commissionBps / 10_000;
  const perUnit = price.map((p, k) => p * (stage.assets[k]!.halfSpread + commission));
  const costs = new Float64Array(institution.length);
  for (let row = 0, at = 0; row < costs.length; row++) {
    let cost = 0;
    for (let k = 0; k < perUnit.length; k++, at++) cost += Math.abs(units[at]!) * perUnit[k]!;
    costs[row] = cost;
  }
  return costs;
}
