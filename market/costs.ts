import type { Scenario } from '../core/scenario.js';
import type { Orders, Stage } from '../core/types.js';
import { rowsOfPrices, type Mechanism } from './clearing/mechanism.js';
import type { Acts } from './interventions/act.js';

/** What it costs to trade a unit, USD, laid out as prices are: the commission on its value, and half the spread where
 * the mechanism's prices do not have it in them. */
export function unitCosts(
  scenario: Scenario,
  stage: Stage,
  price: Float64Array,
  spread: Mechanism['spread'],
): Float64Array {
  const commission = scenario.market.costs.commissionBps / 10_000;
  const k = stage.assets.length;
  const half = stage.assets.map(({ halfSpread }) => (spread === 'charged' ? halfSpread : 0));
  return price.map((p, at) => p * (half[at % k]! + commission));
}

/** What each order's institution pays in transaction tax, USD: the market's own and what the authority adds; undefined
 * where nothing is taxed. */
export function fillTaxes(
  scenario: Scenario,
  { taxes }: Acts,
  stage: Stage,
  { institution, units }: Orders,
  price: Float64Array,
): Float64Array | undefined {
  const always = scenario.market.costs.transactionTaxBps / 10_000;
  if (taxes.size === 0 && always === 0) return undefined;
  const owed = new Float64Array(institution.length);
  const k = stage.assets.length;
  const each = rowsOfPrices(price, k);
  units.forEach((q, at) => {
    const [row, a] = [Math.floor(at / k), at % k];
    owed[row]! += Math.abs(q) * price[each * row + a]! * (always + (taxes.get(a) ?? 0));
  });
  return owed;
}
