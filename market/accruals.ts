import { exp } from '../core/numeric.js';
import type { Scenario } from '../core/scenario.js';
import type { Stage, World } from '../core/types.js';
import { interbankOf, balances, pricesOf, type Balances } from './book.js';
import { outsideOf, pay, type Draft } from './draft.js';
import { typeOf } from './stage.js';
import { YEAR } from './universe.js';

/** What the passing of a day earns and costs: interest, fees, contributions, benefits, flows, dividends.
 * All are reckoned on the books of the last close, so that their order does not matter. */
export function accrue(scenario: Scenario, stage: Stage, world: World, draft: Draft): void {
  const price = pricesOf(world.prices);
  const before = balances(world.books, interbankOf(world.claims, stage.institutions.length), price);
  for (let i = 0; i < stage.institutions.length; i++) {
    if (world.books.active[i] === 0) continue;
    financing(scenario, world, price, draft, i);
    beneficiaries(scenario, stage, world, before, draft, i);
    investors(scenario, stage, world, price, draft, i);
    owners(scenario, stage, before, draft, i);
  }
}

function financing(scenario: Scenario, world: World, price: Float64Array, draft: Draft, i: number): void {
  const { interestRate, primeBrokerSpread, depositRate, loanRate, borrowFee } = scenario.market.costs;
  const { books } = world;
  const outside = outsideOf(books);
  const cash = books.cash[i]!;
  if (cash >= 0) pay(draft, 'cash-interest', outside, i, (cash * interestRate) / YEAR);
  else pay(draft, 'prime-broker-interest', i, outside, (-cash * (interestRate + primeBrokerSpread)) / YEAR);
  pay(draft, 'loan-interest', outside, i, (books.loans[i]! * loanRate) / YEAR);
  pay(draft, 'funding-interest', i, outside, (books.funding[i]! * depositRate) / YEAR);
  pay(draft, 'borrow-fee', i, outside, (shortValue(world, price, i) * borrowFee) / YEAR);
}

function shortValue({ books }: World, price: Float64Array, i: number): number {
  let value = 0;
  for (let a = 0, at = i * price.length; a < price.length; a++, at++)
    if (books.units[at]! < 0) value -= books.units[at]! * price[a]!;
  return value;
}

function beneficiaries(
  scenario: Scenario,
  stage: Stage,
  world: World,
  { assets }: Balances,
  draft: Draft,
  i: number,
): void {
  const { contributionRate, claimRate } = typeOf(scenario, stage.institutions[i]!);
  const outside = outsideOf(world.books);
  pay(draft, 'contribution', outside, i, (contributionRate * assets[i]!) / YEAR);
  pay(draft, 'benefit', i, outside, Math.min((claimRate * assets[i]!) / YEAR, world.books.funding[i]!));
}

/** Money follows performance: sensitivity times what the present holdings gained over the last days.
 * @formula flow = sensitivity Σ_k q_k (p_k,t−1 − p_k,t−21)
 */
function investors(
  scenario: Scenario,
  stage: Stage,
  world: World,
  price: Float64Array,
  draft: Draft,
  i: number,
): void {
  const { flowSensitivity } = typeOf(scenario, stage.institutions[i]!);
  if (flowSensitivity === 0) return;
  const flow = flowSensitivity * recentGain(world, price, i);
  const outside = outsideOf(world.books);
  if (flow >= 0) pay(draft, 'inflow', outside, i, flow);
  else pay(draft, 'redemption', i, outside, -flow);
}

function recentGain({ books, recent }: World, price: Float64Array, i: number): number {
  const past = recent[0]!;
  let gain = 0;
  for (let a = 0, at = i * price.length; a < price.length; a++, at++)
    if (books.units[at] !== 0) gain += books.units[at]! * (price[a]! - exp(past[a]!));
  return gain;
}

/** Equity beyond what the template's leverage needs goes to the owners, a share of it at a time. */
function owners(
  scenario: Scenario,
  stage: Stage,
  { assets, equity }: Balances,
  draft: Draft,
  i: number,
): void {
  const { payoutRate, leverage } = typeOf(scenario, stage.institutions[i]!);
  const excess = Math.max(0, equity[i]! - assets[i]! / leverage);
  pay(draft, 'dividend', i, outsideOf(draft.books), Math.min(1, payoutRate / YEAR) * excess);
}
