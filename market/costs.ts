import type { Scenario } from '../core/scenario.js';
import type { Orders, Stage } from '../core/types.js';
import { rowsOfPrices, type Mechanism } from './clearing/mechanism.js';
import type { Acts } from './interventions/act.js';

/** What each order's institution pays to trade, USD: the commission on the value of every fill, and half the spread
 * where the mechanism's prices do not have it in them. */
export function fillCosts(
  scenario: Scenario,
  stage: Stage,
  { institution, units }: Orders,
  price: Float64Array,
  spread: Mechanism['spread'],
): Float64Array {
  const commission = scenario.market.costs.commissionBps / 10_000;
  const k = stage.assets.length;
  const half = stage.assets.map(({ halfSpread }) => (spread === 'charged' ? halfSpread : 0));
  const perUnit = price.map((p, at) => p * (half[at % k]! + commission));
  const each = rowsOfPrices(price, k);
  const costs = new Float64Array(institution.length);
  for (let row = 0, at = 0; row < costs.length; row++) {
    const perUnitAt = each * row;
    let cost = 0;
    for (let a = 0; a < k; a++, at++) cost += Math.abs(units[at]!) * perUnit[perUnitAt + a]!;
    costs[row] = cost;
  }
  return costs;
}

/** What each order's institution pays in transaction tax, USD: the market's own and what the authority adds. */
export function fillTaxes(
  scenario: Scenario,
  { taxes }: Acts,
  stage: Stage,
  { institution, units }: Orders,
  price: Float64Array,
): Float64Array {
  const owed = new Float64Array(institution.length);
  const always = scenario.market.costs.transactionTaxBps / 10_000;
  if (taxes.size === 0 && always === 0) return owed;
  const k = stage.assets.length;
  const each = rowsOfPrices(price, k);
  units.forEach((q, at) => {
    const [row, a] = [Math.floor(at / k), at % k];
    owed[row]! += Math.abs(q) * price[each * row + a]! * (always + (taxes.get(a) ?? 0));
  });
  return owed;
}
