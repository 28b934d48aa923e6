import { exp } from '../core/numeric.js';
import { paymentKinds as kinds } from '../core/payment-kinds.js';
import type { Scenario } from '../core/scenario.js';
import type { InstitutionType } from '../core/scenario/institutions.js';
import type { Institution, Stage, World } from '../core/types.js';
import { leverageOf, type Balances, type Holdings } from './book.js';
import { lastMonth } from './closes.js';
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
  const past = lastMonth(world)[0]!;
  const gains = price.map((p, a) => p - exp(past[a]!));
  const feesUsd = dataFees(scenario);
  for (let i = 0; i < stage.institutions.length; i++) {
    if (world.books.active[i] === 0) continue;
    const institution = stage.institutions[i]!;
    const type = typeOf(scenario, institution);
    financing(scenario, world, short[i]!, draft, i);
    pay(draft, kinds['data-fee'], i, outsideOf(world.books), feesUsd.get(type)!);
    beneficiaries(type, world, before, draft, i);
    investors(type, world, gains, draft, i);
    // Unless a buffer is to be kept.
    if (leverageOf(before, i) <= limits.purchaseCap[i]!) owners(type, institution, before, draft, i);
  }
}

function financing(scenario: Scenario, world: World, shortUsd: number, draft: Draft, i: number): void {
  const { interestRate, primeBrokerSpread, depositRate, loanRate, borrowFee } = scenario.market.costs;
  const { books } = world;
  const outside = outsideOf(books);
  const cash = books.cash[i]!;
  if (cash >= 0) pay(draft, kinds['cash-interest'], outside, i, (cash * interestRate) / YEAR);
  else
    pay(
      draft,
      kinds['prime-broker-interest'],
      i,
      outside,
      (-cash * (interestRate + primeBrokerSpread)) / YEAR,
    );
  pay(draft, kinds['loan-interest'], outside, i, (books.loans[i]! * loanRate) / YEAR);
  pay(draft, kinds['funding-interest'], i, outside, (books.funding[i]! * depositRate) / YEAR);
  pay(draft, kinds['borrow-fee'], i, outside, (shortUsd * borrowFee) / YEAR);
}

/** What a type's data sources cost a day. */
const dataFees = ({ institutions, sources: offered }: Scenario): ReadonlyMap<InstitutionType, number> =>
  new Map(
    Object.values(institutions.types).map((type) => {
      const yearly = type.sources.reduce((sum, name) => sum + offered[name]!.priceUsd, 0);
      return [type, yearly / YEAR];
    }),
  );

function beneficiaries(
  { contributionRate, claimRate }: InstitutionType,
  world: World,
  { assets }: Balances,
  draft: Draft,
  i: number,
): void {
  const outside = outsideOf(world.books);
  pay(draft, kinds.contribution, outside, i, (contributionRate * assets[i]!) / YEAR);
  pay(draft, kinds.benefit, i, outside, Math.min((claimRate * assets[i]!) / YEAR, world.books.funding[i]!));
}

/** Money follows performance: sensitivity times what the present holdings gained over the last days.
 * @formula flow = sensitivity Σ_k q_k (p_k,t−1 − p_k,t−21)
 */
function investors(
  { flowSensitivity }: InstitutionType,
  world: World,
  gains: Float64Array,
  draft: Draft,
  i: number,
): void {
  if (flowSensitivity === 0) return;
  const flow = flowSensitivity * recentGain(world, gains, i);
  const outside = outsideOf(world.books);
  if (flow >= 0) pay(draft, kinds.inflow, outside, i, flow);
  else pay(draft, kinds.redemption, i, outside, -flow);
}

function recentGain({ books }: World, gains: Float64Array, i: number): number {
  let gain = 0;
  for (let a = 0, at = i * gains.length; a < gains.length; a++, at++) gain += books.units[at]! * gains[a]!;
  return gain;
}

/** Equity beyond what the template's leverage needs goes to the owners, a share of it at a time. */
function owners(
  { payoutRate }: InstitutionType,
  { leverage }: Institution,
  { assets, equity }: Balances,
  draft: Draft,
  i: number,
): void {
  const excess = Math.max(0, equity[i]! - assets[i]! / leverage);
  pay(draft, kinds.dividend, i, outsideOf(draft.books), Math.min(1, payoutRate / YEAR) * excess);
}
