import { exp } from '../core/numeric.js';
import type { Scenario } from '../core/scenario.js';
import type { Stage, World } from '../core/types.js';
import { leverageOf, type Balances, type Holdings } from './book.js';
import { outsideOf, pay, type Draft } from './draft.js';
import type { Limits } from './limits.js';
import { typeOf } from './stage.js';
import { YEAR } from './universe.js';

/** What the passing of a day earns and costs: interest, fees, contributions, benefits, flows, dividends.
 * All are reckoned on the books of the last close, so that their order does not matter. */
export function accrue(
  scenario: Scenario,
  stage: Stage,
  world: World,
  draft: Draft,
  before: Balances,
  { price, short }: Holdings,
  limits: Limits,
): void {
  const past = world.recent[0]!;
  const gains = price.map((p, a) => p - exp(past[a]!));
  for (let i = 0; i < stage.institutions.length; i++) {
    if (world.books.active[i] === 0) continue;
    financing(scenario, world, short[i]!, draft, i);
    subscriptions(scenario, stage, draft, i);
    beneficiaries(scenario, stage, world, before, draft, i);
    investors(scenario, stage, world, gains, draft, i);
    owners(scenario, stage, before, draft, limits, i);
  }
}

function financing(scenario: Scenario, world: World, shortUsd: number, draft: Draft, i: number): void {
  const { interestRate, primeBrokerSpread, depositRate, loanRate, borrowFee } = scenario.market.costs;
  const { books } = world;
  const outside = outsideOf(books);
  const cash = books.cash[i]!;
  if (cash >= 0) pay(draft, 'cash-interest', outside, i, (cash * interestRate) / YEAR);
  else pay(draft, 'prime-broker-interest', i, outside, (-cash * (interestRate + primeBrokerSpread)) / YEAR);
  pay(draft, 'loan-interest', outside, i, (books.loans[i]! * loanRate) / YEAR);
  pay(draft, 'funding-interest', i, outside, (books.funding[i]! * depositRate) / YEAR);
  pay(draft, 'borrow-fee', i, outside, (shortUsd * borrowFee) / YEAR);
}

/** Data sources are paid for by the day. */
function subscriptions(scenario: Scenario, stage: Stage, draft: Draft, i: number): void {
  const { sources } = typeOf(scenario, stage.institutions[i]!);
  const yearly = sources.reduce((sum, name) => sum + scenario.sources[name]!.priceUsd, 0);
  pay(draft, 'data-fee', i, outsideOf(draft.books), yearly / YEAR);
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
  gains: Float64Array,
  draft: Draft,
  i: number,
): void {
  const { flowSensitivity } = typeOf(scenario, stage.institutions[i]!);
  if (flowSensitivity === 0) return;
  const flow = flowSensitivity * recentGain(world, gains, i);
  const outside = outsideOf(world.books);
  if (flow >= 0) pay(draft, 'inflow', outside, i, flow);
  else pay(draft, 'redemption', i, outside, -flow);
}

function recentGain({ books }: World, gains: Float64Array, i: number): number {
  let gain = 0;
  for (let a = 0, at = i * gains.length; a < gains.length; a++, at++) gain += books.units[at]! * gains[a]!;
  return gain;
}

/** Equity beyond what the template's leverage needs goes to the owners, a share of it at a time, unless a buffer is
 * to be kept. */
function owners(
  scenario: Scenario,
  stage: Stage,
  before: Balances,
  draft: Draft,
  { purchaseCap }: Limits,
  i: number,
): void {
  if (leverageOf(before, i) > purchaseCap[i]!) return;
  const { assets, equity } = before;
  const { payoutRate } = typeOf(scenario, stage.institutions[i]!);
  const { leverage } = stage.institutions[i]!;
  const excess = Math.max(0, equity[i]! - assets[i]! / leverage);
  pay(draft, 'dividend', i, outsideOf(draft.books), Math.min(1, payoutRate / YEAR) * excess);
}
