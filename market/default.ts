import { paymentKinds as kinds } from '../core/payment-kinds.js';
import type { Scenario } from '../core/scenario.js';
import type { Stage } from '../core/types.js';
import { chosenClaims } from './book.js';
import { greatestClearing } from './contagion/clearing-vector.js';
import { csrFromTriplets } from './contagion/csr.js';
import type { ClaimsRule } from './channels/acting.js';
import { claimsMoved, notify, outsideOf, pay, setFace, standing, unitsMoved, type Draft } from './draft.js';
import { quote, type Trading } from './trading.js';

/** Units of estates that the outside book has still to sell, and how many a day. */
export interface Liquidation {
  readonly left: Float64Array;
  readonly perDay: Float64Array;
}

/** Resolves everybody whose equity is gone; returns who that was.
 *
 * Estates are worth what their holdings would fetch, all of them sold at once on top of the day's flow. They clear
 * among themselves (debts to the solvent and outside rank equally); the outside book pays creditors what the channel
 * through claims says (by default what clearing gives), takes over what is left, claims on the solvent at face included, and sells it over the coming days.
 */
export function resolveDefaults(
  scenario: Scenario,
  stage: Stage,
  draft: Draft,
  trading: Trading,
  liquidation: Liquidation,
  { recovered }: ClaimsRule,
): readonly number[] {
  const failed = insolvent(draft, trading.price);
  if (failed.length === 0) return failed;
  const { owed, canPay } = clearEstates(
    scenario,
    draft,
    failed,
    estatePrices(scenario, draft, trading, failed),
  );
  const paid = owed.map((debt, d) => recovered(debt, canPay[d]!));
  const { equity } = standing(draft, trading.price);
  failed.forEach((i, d) => {
    notify(draft, 'default', {
      institution: stage.institutions[i]!.id,
      equity: equity[i]!,
      owed: owed[d]!,
      paid: paid[d]!,
    });
  });
  payCreditors(draft, failed, owed, paid);
  for (const i of failed) takeOver(scenario, draft, i, liquidation);
  return failed;
}

function insolvent(draft: Draft, price: Float64Array): number[] {
  const { equity } = standing(draft, price);
  const { active } = draft.books;
  const failed: number[] = [];
  for (let i = 0; i < active.length; i++) if (active[i] === 1 && equity[i]! <= 0) failed.push(i);
  return failed;
}

function estatePrices(
  scenario: Scenario,
  { books }: Draft,
  trading: Trading,
  failed: readonly number[],
): Float64Array {
  const k = trading.price.length;
  const flow = new Float64Array(k);
  for (const i of failed) for (let a = 0; a < k; a++) flow[a]! -= books.units[i * k + a]!;
  return quote(scenario, trading, flow);
}

/** What each estate owes in all and what it can pay. */
function clearEstates(
  scenario: Scenario,
  draft: Draft,
  failed: readonly number[],
  price: Float64Array,
): { readonly owed: Float64Array; readonly canPay: Float64Array } {
  const place = new Map(failed.map((i, d) => [i, d]));
  const externalAssets = Float64Array.from(failed, (i) => ownAssets(draft, i, price));
  const externalLiabilities = Float64Array.from(failed, (i) => outsideDebts(draft, i, price));
  const among = { row: [] as number[], column: [] as number[], value: [] as number[] };
  const { creditor, debtor, face } = draft.claims;
  face.forEach((amount, e) => {
    const from = place.get(creditor[e]!);
    const by = place.get(debtor[e]!);
    if (by === undefined && from !== undefined) externalAssets[from]! += amount;
    if (by !== undefined && from === undefined) externalLiabilities[by]! += amount;
    if (by === undefined || from === undefined || amount === 0) return;
    among.row.push(by);
    among.column.push(from);
    among.value.push(amount);
  });
  const owedAmong = csrFromTriplets(failed.length, failed.length, among);
  const { external, interbank } = scenario.contagion.recovery;
  const { value } = greatestClearing(
    { owed: owedAmong, externalAssets, externalLiabilities },
    { alpha: external, beta: interbank },
  );
  const owed = externalLiabilities.slice();
  among.row.forEach((d, e) => (owed[d]! += among.value[e]!));
  return { owed, canPay: value.payments };
}

function ownAssets({ books }: Draft, i: number, price: Float64Array): number {
  let value = Math.max(0, books.cash[i]!) + books.loans[i]!;
  for (let a = 0, at = i * price.length; a < price.length; a++, at++)
    value += Math.max(0, books.units[at]!) * price[a]!;
  return value;
}

function outsideDebts({ books }: Draft, i: number, price: Float64Array): number {
  let value = Math.max(0, -books.cash[i]!) + books.funding[i]!;
  for (let a = 0, at = i * price.length; a < price.length; a++, at++)
    value += Math.max(0, -books.units[at]!) * price[a]!;
  return value;
}

/** Solvent creditors get their share in cash today; claims on estates end. */
function payCreditors(draft: Draft, failed: readonly number[], owed: Float64Array, paid: Float64Array): void {
  const place = new Map(failed.map((i, d) => [i, d]));
  const outside = outsideOf(draft.books);
  const { creditor, debtor, face } = draft.claims;
  face.forEach((amount, e) => {
    const d = place.get(debtor[e]!);
    if (d === undefined || amount === 0) return;
    const solvent = !place.has(creditor[e]!) && creditor[e] !== outside;
    if (solvent) pay(draft, kinds.recovery, outside, creditor[e]!, (amount * paid[d]!) / owed[d]!);
    setFace(draft, e, 0);
  });
}

/** Everything that is left passes to the outside book, and the seat is empty. */
function takeOver(scenario: Scenario, draft: Draft, i: number, liquidation: Liquidation): void {
  const { books } = draft;
  const outside = outsideOf(books);
  const { resolution, entryDelayDays } = scenario.contagion;
  const cash = books.cash[i]!;
  if (cash > 0) pay(draft, kinds['estate-cash'], i, outside, cash);
  else pay(draft, kinds['write-off'], outside, i, -cash);
  pay(draft, kinds['estate-loans'], i, outside, books.loans[i]!);
  pay(draft, kinds['estate-funding'], i, outside, books.funding[i]!);
  takeUnits(scenario, draft, i, liquidation);
  takeClaims(draft, i);
  books.active[i] = 0;
  books.reentryDay[i] = resolution === 'liquidate' ? 0 : draft.day + entryDelayDays;
}

/** The holdings change hands at no price, on record as wave -1. */
function takeUnits(scenario: Scenario, draft: Draft, i: number, liquidation: Liquidation): void {
  const { books, fills } = draft;
  const { left, perDay } = liquidation;
  const k = left.length;
  const outside = outsideOf(books);
  const held = books.units.slice(i * k, (i + 1) * k);
  fills.push({
    wave: -1,
    institution: Int32Array.of(i),
    units: held.map((units) => -units),
    price: new Float64Array(k),
  });
  books.units.fill(0, i * k, (i + 1) * k);
  unitsMoved(draft);
  held.forEach((units, a) => {
    books.units[outside * k + a]! += units;
    left[a]! += units;
    perDay[a]! += units / scenario.contagion.liquidationDays;
  });
}

/** Claims of an estate on the solvent pass to the outside book at face; the line on which it lent stays with the seat. */
function takeClaims(draft: Draft, i: number): void {
  const { creditor, debtor, face, line, phase } = draft.claims;
  const taken = Array.from(face.keys()).filter((e) => creditor[e] === i && face[e]! > 0);
  if (taken.length === 0) return;
  const outside = outsideOf(draft.books);
  const append = <A extends Int32Array | Float64Array>(column: A, more: readonly number[]): number[] => [
    ...column,
    ...more,
  ];
  const of = (column: Int32Array | Float64Array): number[] => taken.map((e) => column[e]!);
  draft.claims = {
    creditor: Int32Array.from(
      append(
        creditor,
        taken.map(() => outside),
      ),
    ),
    debtor: Int32Array.from(append(debtor, of(debtor))),
    face: Float64Array.from(
      append(
        face.map((x, e) => (creditor[e] === i ? 0 : x)),
        of(face),
      ),
    ),
    line: Float64Array.from(
      append(
        line,
        taken.map(() => 0),
      ),
    ),
    phase: Int32Array.from(append(phase, of(phase))),
  };
  draft.ownsFaces = true;
  claimsMoved(draft);
}

/** Claims without face or line are forgotten. */
export function forgetSpentClaims(draft: Draft): void {
  const { face, line } = draft.claims;
  draft.claims = chosenClaims(draft.claims, (e) => face[e]! > 0 || line[e]! > 0);
}
