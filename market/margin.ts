import { paymentKinds as kinds } from '../core/payment-kinds.js';
import type { Scenario } from '../core/scenario.js';
import type { Stage } from '../core/types.js';
import { NotConverged } from '../core/not-converged.js';
import type { ClaimsRule } from './channels/acting.js';
import { leverageOf, type Balances } from './book.js';
import { notify, outsideOf, pay, standing, type Draft } from './draft.js';
import { eachFill, type Fills } from './fills.js';
import type { Limits } from './limits.js';
import { sales } from './liquidation-order.js';
import { writeDown } from './write-downs.js';
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

/** What a wave is about. */
interface Setting {
  readonly scenario: Scenario;
  readonly stage: Stage;
  readonly draft: Draft;
  readonly trading: Trading;
  readonly limits: Limits;
  readonly now: Balances;
}

/** Sells until nobody is in breach who has anything left that it may sell: institutions over their leverage cap or
 * short of margin sell back to their target, all of a wave at one price; that moves prices and may put others in
 * breach. Halted institutions wait, and so does everybody in what is halted.
 *
 * Which leverage is too much, and what lenders write off meanwhile, is for the scenario's channels to say.
 * @source  Cifuentes, Ferrucci & Shin 2005, JEEA 3(2-3); Greenwood, Landier & Thesmar 2015, JFE 115(3);
 *   Brunnermeier & Pedersen 2009, RFS 22(6) (margin)
 */
export function sellUntilSafe(
  scenario: Scenario,
  stage: Stage,
  draft: Draft,
  trading: Trading,
  forced: Forced,
  limits: Limits,
  claims: ClaimsRule,
): void {
  for (let wave = 0; wave < MAX_WAVES; wave++) {
    writeDown(scenario, stage, draft, trading.price, claims);
    const now = standing(draft, trading.price);
    const setting = { scenario, stage, draft, trading, limits, now };
    const breaches = inBreach(setting);
    payDown(setting, breaches);
    const sellers = breaches.filter((i) => toClose(setting, i, saleable(setting, i)) > 0);
    if (sellers.length === 0) return;
    sellWave(setting, forced, sellers);
  }
  throw new NotConverged('margin', MAX_WAVES, NaN);
}

function inBreach(setting: Setting): number[] {
  const { active } = setting.draft.books;
  const breaches: number[] = [];
  for (let i = 0; i < active.length; i++) if (active[i] === 1 && mustSell(setting, i)) breaches.push(i);
  return breaches;
}

function mustSell(setting: Setting, i: number): boolean {
  const { trading, limits, now } = setting;
  if (now.equity[i]! <= 0 || trading.rules.acts.halted.has(i)) return false;
  if (leverageOf(now, i) > limits.leverageCap[i]! * (1 + ROUNDING)) return true;
  return limits.haircuts !== undefined && shortOfMargin(marginOf(setting, i));
}

/** Own money in the tradable book, and what haircuts ask for, USD. */
interface Margin {
  readonly wealth: number;
  readonly required: number;
}

/** @formula wealth = c + Σ q p; required = Σ h |q| p */
function marginOf({ draft, trading, limits }: Setting, i: number): Margin {
  const { haircuts } = limits;
  const { units, cash } = draft.books;
  const k = trading.price.length;
  let [wealth, required] = [cash[i]!, 0];
  if (haircuts)
    for (let a = 0, at = i * k; a < k; a++, at++) {
      const value = units[at]! * trading.price[a]!;
      wealth += value;
      required += haircuts[at]! * Math.abs(value);
    }
  return { wealth, required };
}

const shortOfMargin = ({ wealth, required }: Margin): boolean =>
  required > Math.max(0, wealth) * (1 + ROUNDING);

/** Positions that may be closed today, and their value without sign, USD. */
interface Saleable {
  readonly held: Float64Array;
  readonly gross: number;
}

function saleable({ draft, trading }: Pick<Setting, 'draft' | 'trading'>, i: number): Saleable {
  const { price, session } = trading;
  const k = price.length;
  const all = draft.books.units.subarray(i * k, (i + 1) * k);
  const held = session.halted.size === 0 ? all : all.map((q, a) => (session.halted.has(a) ? 0 : q));
  return { held, gross: held.reduce((sum, q, a) => sum + Math.abs(q) * price[a]!, 0) };
}

/** Assets to shed to be back at the leverage target, USD. */
const excess = ({ limits, now }: Setting, i: number): number =>
  Math.max(0, now.assets[i]! - limits.leverageTarget[i]! * now.equity[i]!);

/** Value of positions to close so that what haircuts ask for is back at the margin target, which lies as far inside
 * own money as the leverage target does inside the cap; no more than what trades, whose share of it is all that closing
 * positions can bring down.
 * @formula gross · min(1, (R − W inside) / R_trading)
 */
function marginExcess(setting: Setting, i: number, { held, gross }: Saleable): number {
  const margin = marginOf(setting, i);
  if (!shortOfMargin(margin)) return 0;
  const { price } = setting.trading;
  const haircuts = setting.limits.haircuts!.subarray(i * price.length);
  const trading = held.reduce((sum, q, a) => sum + haircuts[a]! * Math.abs(q) * price[a]!, 0);
  const inside = Math.max(0, margin.wealth) * setting.limits.inside[i]!;
  return trading > 0 ? gross * Math.min(1, (margin.required - inside) / trading) : 0;
}

/** Value of positions that it helps to close, no more than there is, USD. */
const toClose = (setting: Setting, i: number, own: Saleable): number =>
  Math.min(own.gross, Math.max(excess(setting, i), marginExcess(setting, i, own)));

/** Who has nothing left that it may sell repays funding from the cash it has. */
function payDown(setting: Setting, breaches: readonly number[]): void {
  const { draft } = setting;
  for (const i of breaches)
    if (saleable(setting, i).gross === 0) repay(draft, i, Math.min(draft.books.cash[i]!, excess(setting, i)));
}

function repay(draft: Draft, i: number, amount: number): void {
  const possible = Math.min(draft.books.funding[i]!, amount);
  if (possible > 0) pay(draft, kinds['funding-repayment'], i, outsideOf(draft.books), possible);
}

function sellWave(setting: Setting, forced: Forced, sellers: readonly number[]): void {
  const { scenario, stage, draft, trading } = setting;
  const k = stage.assets.length;
  const units = new Float64Array(sellers.length * k);
  const before = trading.price;
  forced.waves += 1;
  sellers.forEach((i, row) => {
    const own = saleable(setting, i);
    const wanted = Math.max(toClose(setting, i, own), LEAST_SHARE * own.gross);
    units.set(sales(scenario, stage, own.held, before, wanted), row * k);
    tell(setting, i, forced.waves);
  });
  const cashBefore = sellers.map((i) => draft.books.cash[i]!);
  const soldBefore = trading.flow.grossUsd;
  const heldBefore = institutionsHoldings(draft, k);
  const orders = { institution: Int32Array.from(sellers), units };
  const { fills } = clearWave(scenario, stage, draft, trading, orders, forced.waves, new Float64Array(k));
  forced.salesUsd += trading.flow.grossUsd - soldBefore;
  forced.lossUsd += impactLoss(fills, heldBefore, before, trading.price);
  addSold(fills, k, forced);
  // What a sale raises beyond prime-broker debt repays funding: that is what reduces leverage.
  sellers.forEach((i, row) => repay(draft, i, draft.books.cash[i]! - Math.max(0, cashBefore[row]!)));
}

/** Why an institution is made to sell. */
function tell(setting: Setting, i: number, wave: number): void {
  const { stage, draft, limits, now } = setting;
  const institution = stage.institutions[i]!.id;
  const margin = marginOf(setting, i);
  if (shortOfMargin(margin)) notify(draft, 'margin-call', { institution, ...margin, wave });
  const [leverage, cap] = [leverageOf(now, i), limits.leverageCap[i]!];
  if (leverage > cap * (1 + ROUNDING)) notify(draft, 'breach', { institution, leverage, cap, wave });
}

function institutionsHoldings({ books }: Draft, k: number): Float64Array {
  const held = new Float64Array(k);
  for (let at = 0; at < outsideOf(books) * k; at++) held[at % k]! += books.units[at]!;
  return held;
}

/** What the wave cost institutions: the fall of what they hold after it, and of what they sold down to its price. */
function impactLoss(fills: Fills, held: Float64Array, before: Float64Array, after: Float64Array): number {
  const left = held.slice();
  let loss = 0;
  eachFill(fills, held.length, (_, a, units, price) => {
    left[a]! += units;
    loss -= units * (before[a]! - price);
  });
  return left.reduce((total, q, a) => total + q * (before[a]! - after[a]!), loss);
}

const addSold = (fills: Fills, k: number, { soldUsd }: Forced): void =>
  eachFill(fills, k, (i, _, units, price) => (soldUsd[i]! += Math.abs(units) * price));
