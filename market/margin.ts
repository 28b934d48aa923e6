import type { Scenario } from '../core/scenario.js';
import type { Stage } from '../core/types.js';
import { NotConverged } from '../core/not-converged.js';
import { leverageOf, type Balances } from './book.js';
import { holdingsIn, notify, outsideOf, pay, standing, type Draft, type Fills } from './draft.js';
import { sales } from './liquidation-order.js';
import { typeOf } from './stage.js';
import { clearWave, type Trading } from './trading.js';

/** What the day's waves of forced sales came to. */
export interface Forced {
  waves: number;
  salesUsd: number;
  /** Fall in the value of institutions' holdings through the waves' impact. */
  lossUsd: number;
  /** Value sold, per institution. */
  readonly soldUsd: Float64Array;
}

/** A wave sells at least this share of what is left, so that waves come to an end when target equals cap. */
const LEAST_SHARE = 0.01;
const ROUNDING = 1e-9;
const MAX_WAVES = 10_000;

/** Sells until nobody is in breach who has anything left to sell: institutions over their leverage cap sell back to
 * their target, all of a wave at one price; that moves prices and may put others in breach.
 *
 * @source  Cifuentes, Ferrucci & Shin 2005, JEEA 3(2-3); Greenwood, Landier & Thesmar 2015, JFE 115(3)
 */
export function sellUntilSafe(
  scenario: Scenario,
  stage: Stage,
  draft: Draft,
  trading: Trading,
  forced: Forced,
  halted: ReadonlyMap<number, string>,
): void {
  for (let wave = 0; wave < MAX_WAVES; wave++) {
    const now = standing(draft, trading.price);
    const breaches = inBreach(scenario, stage, draft, now, halted);
    payDown(draft, now, scenario, stage, breaches, trading.price);
    const sellers = breaches.filter((i) => grossHoldings(draft, trading.price, i) > 0);
    if (sellers.length === 0) return;
    sellWave(scenario, stage, draft, trading, forced, now, sellers);
  }
  throw new NotConverged('margin', MAX_WAVES, NaN);
}

function inBreach(
  scenario: Scenario,
  stage: Stage,
  { books }: Draft,
  now: Balances,
  halted: ReadonlyMap<number, string>,
): number[] {
  const breaches: number[] = [];
  stage.institutions.forEach((institution, i) => {
    if (books.active[i] === 0 || halted.has(i) || now.equity[i]! <= 0) return;
    const { leverageCap } = typeOf(scenario, institution);
    if (leverageOf(now, i) > leverageCap * (1 + ROUNDING)) breaches.push(i);
  });
  return breaches;
}

/** Value of long and short positions together, USD. */
function grossHoldings(draft: Draft, price: Float64Array, i: number): number {
  const { long, short } = holdingsIn(draft, price);
  return long[i]! + short[i]!;
}

/** Assets to shed to be back at the leverage target, USD. */
function excess(scenario: Scenario, stage: Stage, { assets, equity }: Balances, i: number): number {
  return Math.max(0, assets[i]! - typeOf(scenario, stage.institutions[i]!).leverageTarget * equity[i]!);
}

/** Who has nothing left to sell repays funding from the cash it has. */
function payDown(
  draft: Draft,
  now: Balances,
  scenario: Scenario,
  stage: Stage,
  breaches: readonly number[],
  price: Float64Array,
): void {
  for (const i of breaches)
    if (grossHoldings(draft, price, i) === 0)
      repay(draft, i, Math.min(draft.books.cash[i]!, excess(scenario, stage, now, i)));
}

function repay(draft: Draft, i: number, amount: number): void {
  const possible = Math.min(draft.books.funding[i]!, amount);
  if (possible > 0) pay(draft, 'funding-repayment', i, outsideOf(draft.books), possible);
}

function sellWave(
  scenario: Scenario,
  stage: Stage,
  draft: Draft,
  trading: Trading,
  forced: Forced,
  now: Balances,
  sellers: readonly number[],
): void {
  const k = stage.assets.length;
  const units = new Float64Array(sellers.length * k);
  const before = trading.price;
  forced.waves += 1;
  sellers.forEach((i, row) => {
    const gross = grossHoldings(draft, before, i);
    const wanted = Math.max(excess(scenario, stage, now, i), LEAST_SHARE * gross);
    const held = draft.books.units.subarray(i * k, (i + 1) * k);
    units.set(sales(scenario, stage, held, before, Math.min(wanted, gross)), row * k);
    notify(draft, 'breach', {
      institution: stage.institutions[i]!.id,
      leverage: leverageOf(now, i),
      cap: typeOf(scenario, stage.institutions[i]!).leverageCap,
      wave: forced.waves,
    });
  });
  const cashBefore = sellers.map((i) => draft.books.cash[i]!);
  const soldBefore = trading.flow.grossUsd;
  const heldBefore = institutionsHoldings(draft, k);
  const orders = { institution: Int32Array.from(sellers), units };
  const fills = clearWave(scenario, stage, draft, trading, orders, forced.waves, new Float64Array(k));
  forced.salesUsd += trading.flow.grossUsd - soldBefore;
  forced.lossUsd += impactLoss(fills, heldBefore, before, trading.price);
  addSold(fills, forced);
  // What a sale raises beyond prime-broker debt repays funding: that is what reduces leverage.
  sellers.forEach((i, row) => repay(draft, i, draft.books.cash[i]! - Math.max(0, cashBefore[row]!)));
}

function institutionsHoldings({ books }: Draft, k: number): Float64Array {
  const held = new Float64Array(k);
  for (let at = 0; at < outsideOf(books) * k; at++) held[at % k]! += books.units[at]!;
  return held;
}

/** What the wave cost institutions: the fall of what they hold after it, and of what they sold down to its price. */
function impactLoss(
  { asset, units, price }: Fills,
  held: Float64Array,
  before: Float64Array,
  after: Float64Array,
): number {
  const left = held.slice();
  let loss = 0;
  for (let f = 0; f < units.length; f++) {
    const a = asset[f]!;
    left[a]! += units[f]!;
    loss -= units[f]! * (before[a]! - price[f]!);
  }
  return left.reduce((total, q, a) => total + q * (before[a]! - after[a]!), loss);
}

function addSold({ institution, units, price }: Fills, forced: Forced): void {
  for (let f = 0; f < units.length; f++) forced.soldUsd[institution[f]!]! += Math.abs(units[f]!) * price[f]!;
}
