import type { Scenario } from '../core/scenario.js';
import type { Orders, Stage } from '../core/types.js';
import { mechanisms } from './clearing/index.js';
import type { Mechanism, Session } from './clearing/mechanism.js';
import { logPrices } from './book.js';
import { outsideOf, pay, type Draft, type Fills } from './draft.js';
import { fillCosts } from './costs.js';
import { exp } from '../core/numeric.js';

/** What institutions traded on a day so far. */
export interface Flow {
  /** Units per asset: signed, and without sign. */
  readonly net: Float64Array;
  readonly gross: Float64Array;
  grossUsd: number;
}

/** A day's trading in the making. */
export interface Trading {
  session: Session;
  /** Prices after the waves so far, USD per unit. */
  price: Float64Array;
  readonly flow: Flow;
}

const mechanismOf = (scenario: Scenario): Mechanism =>
  (mechanisms as Readonly<Record<string, Mechanism>>)[scenario.market.clearing.mechanism]!;

const priceOf = (session: Session): Float64Array => logPrices(session.prices).map((x) => exp(x));

/** A day's market after news and before orders. */
export function openTrading(
  scenario: Scenario,
  stage: Stage,
  state: Pick<Session, 'prices'> & { readonly liquidity: Parameters<Mechanism['open']>[3] },
): Trading {
  const session = mechanismOf(scenario).open(
    scenario.market.clearing,
    stage.assets,
    state.prices,
    state.liquidity,
  );
  const k = stage.assets.length;
  return {
    session,
    price: priceOf(session),
    flow: { net: new Float64Array(k), gross: new Float64Array(k), grossUsd: 0 },
  };
}

/** Prices that a further flow would get, if it came. */
export const quote = (scenario: Scenario, trading: Trading, flow: Float64Array): Float64Array =>
  mechanismOf(scenario).clear(scenario.market.clearing, trading.session, flow).fillPrice;

/** Net signed flow of orders. */
export function netFlow({ units }: Orders, k: number): Float64Array {
  const net = new Float64Array(k);
  for (let at = 0; at < units.length; at += k) for (let a = 0; a < k; a++) net[a]! += units[at + a]!;
  return net;
}

/** Clears one wave of orders: everyone gets the wave's one price, and pays the costs of trading.
 *
 * @param others flow of the outside book's own estates, which moves prices but changes no book
 */
export function clearWave(
  scenario: Scenario,
  stage: Stage,
  draft: Draft,
  trading: Trading,
  orders: Orders,
  wave: number,
  others: Float64Array,
): Fills {
  const k = stage.assets.length;
  const flow = netFlow(orders, k).map((q, a) => q + others[a]!);
  const { fillPrice, session } = mechanismOf(scenario).clear(scenario.market.clearing, trading.session, flow);
  const fills = fillsOf(orders, fillPrice, wave);
  draft.fills.push(fills);
  settle(draft, trading.flow, orders, fillPrice);
  const costs = fillCosts(scenario, stage, orders, fillPrice);
  orders.institution.forEach((i, row) => pay(draft, 'trading-cost', i, outsideOf(draft.books), costs[row]!));
  trading.session = session;
  trading.price = priceOf(session);
  return fills;
}

/** Every order that is not zero, at the price of its asset. */
function fillsOf({ institution, units }: Orders, price: Float64Array, wave: number): Fills {
  const k = price.length;
  let count = 0;
  for (let at = 0; at < units.length; at++) if (units[at] !== 0) count++;
  const fills = {
    wave,
    institution: new Int32Array(count),
    asset: new Int32Array(count),
    units: new Float64Array(count),
    price: new Float64Array(count),
  };
  const { institution: whose, asset, units: filled, price: paid } = fills;
  for (let row = 0, at = 0, f = 0; row < institution.length; row++)
    for (let a = 0; a < k; a++, at++) {
      const q = units[at]!;
      if (q === 0) continue;
      whose[f] = institution[row]!;
      asset[f] = a;
      filled[f] = q;
      paid[f++] = price[a]!;
    }
  return fills;
}

/** Moves units and their value between institutions and the outside book. */
function settle(draft: Draft, flow: Flow, { institution, units }: Orders, price: Float64Array): void {
  const { units: held, cash } = draft.books;
  const { net, gross } = flow;
  const k = price.length;
  const outside = outsideOf(draft.books);
  for (let row = 0, at = 0; row < institution.length; row++) {
    const i = institution[row]!;
    let paid = 0;
    for (let a = 0, own = i * k; a < k; a++, at++, own++) {
      const q = units[at]!;
      if (q === 0) continue;
      const value = q * price[a]!;
      held[own]! += q;
      held[outside * k + a]! -= q;
      net[a]! += q;
      gross[a]! += Math.abs(q);
      flow.grossUsd += Math.abs(value);
      paid += value;
    }
    cash[i]! -= paid;
    cash[outside]! += paid;
  }
  draft.holdings = undefined;
}
