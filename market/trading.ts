import type { Scenario } from '../core/scenario.js';
import type { Orders, Stage } from '../core/types.js';
import { mechanisms } from './clearing/index.js';
import type { Mechanism, Session } from './clearing/mechanism.js';
import { logPrices } from './book.js';
import { outsideOf, pay, type Draft } from './draft.js';
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
): void {
  const k = stage.assets.length;
  const flow = netFlow(orders, k).map((q, a) => q + others[a]!);
  const { fillPrice, session } = mechanismOf(scenario).clear(scenario.market.clearing, trading.session, flow);
  orders.institution.forEach((i, row) =>
    fill(
      scenario,
      stage,
      draft,
      trading.flow,
      i,
      orders.units.subarray(row * k, (row + 1) * k),
      fillPrice,
      wave,
    ),
  );
  trading.session = session;
  trading.price = priceOf(session);
}

function fill(
  scenario: Scenario,
  stage: Stage,
  draft: Draft,
  flow: Flow,
  i: number,
  units: Float64Array,
  price: Float64Array,
  wave: number,
): void {
  const { books, fills } = draft;
  const outside = outsideOf(books);
  const k = units.length;
  let paid = 0;
  for (let a = 0; a < k; a++) {
    const q = units[a]!;
    if (q === 0) continue;
    fills.institution.push(i);
    fills.asset.push(a);
    fills.wave.push(wave);
    fills.units.push(q);
    fills.price.push(price[a]!);
    books.units[i * k + a]! += q;
    books.units[outside * k + a]! -= q;
    paid += q * price[a]!;
    flow.net[a]! += q;
    flow.gross[a]! += Math.abs(q);
    flow.grossUsd += Math.abs(q) * price[a]!;
  }
  books.cash[i]! -= paid;
  books.cash[outside]! += paid;
  pay(draft, 'trading-cost', i, outside, fillCosts(scenario, stage, units, price));
}
