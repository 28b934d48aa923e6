import type { Scenario } from '../core/scenario.js';
import type { Stage } from '../core/types.js';

/** What an institution pays to trade, USD: half the spread and the commission on the value of every fill. */
export function fillCosts(
  scenario: Scenario,
  stage: Stage,
  units: Float64Array,
  price: Float64Array,
): number {
  const commission = scenario.market.costs.commissionBps / 10_000;
  let cost = 0;
  for (let k = 0; k < units.length; k++)
    cost += Math.abs(units[k]!) * price[k]! * (stage.assets[k]!.halfSpread + commission);
  return cost;
}
