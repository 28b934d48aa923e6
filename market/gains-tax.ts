import { noLots, tradeLots, unitsAtLoss, unitsBoughtSince, type LotBook } from '../core/lots.js';
import { paymentKinds as kinds } from '../core/payment-kinds.js';
import type { Scenario } from '../core/scenario.js';
import type { Books, Stage, TaxState, World } from '../core/types.js';
import { pricesOf } from './book.js';
import { outsideOf, pay, type Draft } from './draft.js';
import { eachFill, type Fills } from './fills.js';

/** Lots on day 0: everything was bought at the first price. Nothing is kept where gains are not taxed. */
export function openTax(scenario: Scenario, stage: Stage, { units }: Books): TaxState {
  const n = stage.institutions.length;
  const k = stage.assets.length;
  if (scenario.market.costs.gainsTaxRate === 0) return { lots: [], losses: new Float64Array(0) };
  const lots = Array.from({ length: n * k }, (_, at): LotBook => {
    const lot = { units: units[at]!, basis: stage.assets[at % k]!.price0, day: 0 };
    return lot.units === 0 ? noLots : { lots: [lot], losses: [] };
  });
  return { lots, losses: new Float64Array(n) };
}

/** Taxes what the day's fills realised. Losses are kept and set against later gains; what an estate held passes on
 * untaxed, and its losses end with it.
 *
 * @formula tax = rate · max(0, gains of the day − losses carried)
 */
export function taxGains(scenario: Scenario, stage: Stage, draft: Draft, before: TaxState): TaxState {
  const { gainsTaxRate } = scenario.market.costs;
  if (gainsTaxRate === 0) return before;
  const k = stage.assets.length;
  const after = { lots: before.lots.slice(), losses: before.losses.slice() };
  const gains = new Float64Array(after.losses.length);
  for (const fills of draft.fills)
    if (fills.wave < 0) passOn(fills, k, after, gains);
    else realise(scenario, draft.day, fills, k, after, gains);
  gains.forEach((gain, i) => {
    const base = gain - after.losses[i]!;
    after.losses[i] = Math.max(0, -base);
    if (base > 0) pay(draft, kinds['gains-tax'], i, outsideOf(draft.books), gainsTaxRate * base);
  });
  return after;
}

/** What each institution that harvests losses could sell on the coming day at a loss that counts: units of lots beyond
 * its threshold at the last close, in the order in which a sale gives lots up, less what it bought within the wash
 * window; institutions x assets, empty where nobody harvests. */
export function harvestable(scenario: Scenario, stage: Stage, { day, prices, tax }: World): Float64Array {
  const { taxLots, washSaleDays } = scenario.market.costs;
  const { types } = scenario.institutions;
  if (!stage.institutions.some(({ type }) => types[type]!.harvesting)) return new Float64Array(0);
  const k = stage.assets.length;
  const price = pricesOf(prices);
  return Float64Array.from(tax.lots, (book, at) => {
    const chosen = types[stage.institutions[Math.floor(at / k)]!.type]!.harvesting;
    if (!chosen) return 0;
    const atLoss = unitsAtLoss(book, price[at % k]!, chosen.threshold, taxLots);
    return atLoss > 0 ? Math.max(0, atLoss - unitsBoughtSince(book, day - washSaleDays)) : 0;
  });
}

interface Taxed {
  readonly lots: LotBook[];
  readonly losses: Float64Array;
}

function realise(
  scenario: Scenario,
  day: number,
  fills: Fills,
  k: number,
  { lots }: Taxed,
  gains: Float64Array,
): void {
  const rule = { order: scenario.market.costs.taxLots, washDays: scenario.market.costs.washSaleDays };
  eachFill(fills, k, (i, a, units, price) => {
    const at = i * k + a;
    const { book, realised } = tradeLots(lots[at]!, { day, units, price }, rule);
    lots[at] = book;
    for (const { gain } of realised) gains[i]! += gain;
  });
}

const passOn = (fills: Fills, k: number, { lots, losses }: Taxed, gains: Float64Array): void =>
  eachFill(fills, k, (i, a) => {
    lots[i * k + a] = noLots;
    losses[i] = 0;
    gains[i] = 0;
  });
