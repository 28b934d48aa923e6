import { paymentKinds as kinds } from '../core/payment-kinds.js';
import type { Scenario } from '../core/scenario.js';
import type { Books, Orders, Stage } from '../core/types.js';
import { mechanisms } from './clearing/index.js';
import type { Limits, Mechanism, Opening, Session } from './clearing/mechanism.js';
import { rowsOfPrices } from './clearing/mechanism.js';
import { pricesOf } from './book.js';
import { tripBreakers } from './breakers.js';
import { outsideOf, pay, unitsMoved, type Draft } from './draft.js';
import type { Fills } from './fills.js';
import { fillTaxes, unitCosts } from './costs.js';
import type { Acts } from './interventions/act.js';
import { bandOf, narrower, shifted, withheldBy } from './price-band.js';
import { announceHalts, announceUnfilled } from './unfilled.js';
import { exp } from '../core/numeric.js';

/** What institutions traded on a day so far. */
export interface Flow {
  /** Units per asset: signed, and without sign. */
  readonly net: Float64Array;
  readonly gross: Float64Array;
  grossUsd: number;
}

/** What binds every wave of a day, forced sales included. */
export interface DayRules {
  readonly acts: Acts;
  /** Prices at the last close, USD per unit. */
  readonly last: Float64Array;
  /** Last day on which each asset is closed. */
  readonly closedUntil: Int32Array;
}

/** A day's trading in the making. */
export interface Trading {
  session: Session;
  /** Prices after the waves so far, USD per unit. */
  price: Float64Array;
  readonly flow: Flow;
  readonly rules: DayRules;
  /** Log prices that limits on the day's move leave; absent where there are none. */
  readonly band: Limits | undefined;
  /** What a price limit adds to log prices. */
  withheld: Float64Array;
}

const mechanismOf = (scenario: Scenario): Mechanism =>
  (mechanisms as Readonly<Record<string, Mechanism>>)[scenario.market.clearing.mechanism]!;

/** Prices as they stand, held by limits. */
export const standingPrices = ({ session, withheld }: Trading): Session['prices'] =>
  shifted(session.prices, withheld, 1);

const inBand = (band: Limits | undefined, prices: Session['prices']): Session['prices'] =>
  shifted(prices, withheldBy(band, prices), 1);

/** Takes a session over: limits hold its prices, and breakers trip on them. */
function show(stage: Stage, draft: Draft, trading: Trading, session: Session): void {
  trading.session = session;
  trading.withheld = withheldBy(trading.band, session.prices);
  trading.price = pricesOf(standingPrices(trading));
  trading.session = tripBreakers(stage, draft, trading.rules, session, trading.price);
}

/** A day's market after news and before orders. */
export function openTrading(
  scenario: Scenario,
  stage: Stage,
  draft: Draft,
  state: Pick<Opening, 'prices' | 'liquidity' | 'closed'>,
  rules: DayRules,
): Trading {
  const { dailyMove } = scenario.market.halts;
  const opening = { ...stage, dailyMove, day: draft.day, ...state };
  const session = mechanismOf(scenario).open(scenario.market.clearing, opening);
  const k = stage.assets.length;
  const band = bandOf(rules.acts.priceLimits, rules.last);
  const trading: Trading = {
    session,
    price: rules.last,
    flow: { net: new Float64Array(k), gross: new Float64Array(k), grossUsd: 0 },
    rules,
    band,
    withheld: new Float64Array(k),
  };
  const limited = band ? { ...session, limits: narrower(session.limits, band) } : session;
  show(stage, draft, trading, limited);
  return trading;
}

/** Prices that a further flow would get, if it came; of what cannot trade, the price where it stands. */
export function quote(scenario: Scenario, trading: Trading, flow: Float64Array): Float64Array {
  const orders = { institution: Int32Array.of(NOBODY), units: flow };
  const wave = { orders, wave: SALES, estates: new Float64Array(flow.length) };
  const { price, filled } = mechanismOf(scenario).clear(scenario.market.clearing, trading.session, wave);
  return price.map((p, a) => (filled[a] === 0 ? trading.price[a]! : p));
}

/** Owner of orders that are only asked about. */
const NOBODY = -1;
/** A wave of sales at any price. */
const SALES = 1;

/** What a wave came to. */
export interface WaveFills {
  readonly fills: Fills;
  /** Signed units of estates that were sold. */
  readonly estates: Float64Array;
}

/** Clears one wave of orders: each gets what the market mechanism fills, and pays the costs of trading.
 *
 * @param estates flow of the outside book's own estates, which moves prices but changes no book
 */
export function clearWave(
  scenario: Scenario,
  stage: Stage,
  draft: Draft,
  trading: Trading,
  orders: Orders,
  wave: number,
  estates: Float64Array,
): WaveFills {
  const { clear, spread } = mechanismOf(scenario);
  const cleared = clear(scenario.market.clearing, trading.session, { orders, wave, estates });
  const { session } = cleared;
  const price = insideBand(trading.band, cleared.price);
  const filled = { institution: orders.institution, units: cleared.filled };
  const fills = { wave, ...filled, price };
  draft.fills.push(fills);
  const perUnit = unitCosts(scenario, stage, price, spread);
  const costs = settle(draft.books, trading.flow, filled, { price, perUnit }, estates.length);
  unitsMoved(draft);
  const taxes = fillTaxes(scenario, trading.rules.acts, stage, filled, price);
  const outside = outsideOf(draft.books);
  for (let row = 0; row < costs.length; row++) {
    const i = orders.institution[row]!;
    pay(draft, kinds['trading-cost'], i, outside, costs[row]!);
    if (taxes) pay(draft, kinds['transaction-tax'], i, outside, taxes[row]!);
  }
  announceHalts(
    stage,
    draft,
    trading.session,
    session,
    (a) => pricesOf(inBand(trading.band, session.prices))[a]!,
  );
  announceUnfilled(stage, draft, orders, cleared.filled, session, wave);
  show(stage, draft, trading, session);
  return { fills, estates: cleared.estates };
}

/** Nobody trades outside the band that limits leave. */
const insideBand = (band: Limits | undefined, price: Float64Array): Float64Array =>
  band
    ? price.map((p, at) => {
        const a = at % band.low.length;
        return Math.max(exp(band.low[a]!), Math.min(exp(band.high[a]!), p));
      })
    : price;

/** What a unit trades at and what that costs, USD: for everybody alike, or order by order. */
interface Rates {
  readonly price: Float64Array;
  readonly perUnit: Float64Array;
}

/** Moves units and their value between institutions and the outside book; what it costs each order to trade, USD. */
function settle(books: Books, flow: Flow, filled: Orders, rates: Rates, k: number): Float64Array {
  const costs = new Float64Array(filled.institution.length);
  for (let row = 0; row < costs.length; row++) costs[row] = settleOrder(books, flow, filled, rates, row, k);
  const outside = books.units.subarray(outsideOf(books) * k);
  settleAssets(flow, filled.units, outside, k);
  return costs;
}

/** One institution's side of what was filled: its units and cash. */
function settleOrder(
  books: Books,
  flow: Flow,
  { institution, units }: Orders,
  { price, perUnit }: Rates,
  row: number,
  k: number,
): number {
  const { units: held, cash } = books;
  let { grossUsd } = flow;
  let paid = 0;
  let cost = 0;
  const i = institution[row]!;
  const own = i * k;
  const order = row * k;
  const rate = row * rowsOfPrices(price, k);
  for (let a = 0; a < k; a++) {
    const q = units[order + a]!;
    const value = q * price[rate + a]!;
    held[own + a]! += q;
    grossUsd += Math.abs(value);
    paid += value;
    cost += Math.abs(q) * perUnit[rate + a]!;
  }
  flow.grossUsd = grossUsd;
  cash[i]! -= paid;
  cash[outsideOf(books)]! += paid;
  return cost;
}

/** Assets' side of what was filled: the outside book's units, and the day's flow. */
function settleAssets(flow: Flow, units: Float64Array, outside: Float64Array, k: number): void {
  for (let a = 0; a < k; a += 2) settlePair(flow, units, outside, a, Math.min(a + 1, k - 1), k);
}

/** Two assets side by side, so that no sum waits for its last term; they may be one. */
function settlePair(
  { net, gross }: Flow,
  units: Float64Array,
  outside: Float64Array,
  a: number,
  b: number,
  k: number,
): void {
  let left = outside[a]!;
  let signed = net[a]!;
  let unsigned = gross[a]!;
  let otherLeft = outside[b]!;
  let otherSigned = net[b]!;
  let otherUnsigned = gross[b]!;
  for (let at = 0; at < units.length; at += k) {
    const q = units[at + a]!;
    const other = units[at + b]!;
    left -= q;
    signed += q;
    unsigned += Math.abs(q);
    otherLeft -= other;
    otherSigned += other;
    otherUnsigned += Math.abs(other);
  }
  outside[a] = left;
  net[a] = signed;
  gross[a] = unsigned;
  outside[b] = otherLeft;
  net[b] = otherSigned;
  gross[b] = otherUnsigned;
}
