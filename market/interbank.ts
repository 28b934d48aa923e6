import { paymentKinds as kinds } from '../core/payment-kinds.js';
import type { Scenario } from '../core/scenario.js';
import type { Claims, Stage, World } from '../core/types.js';
import type { FundingRule } from './channels/acting.js';
import { leverageRatioOf, type Balances } from './book.js';
import type { Acts, Firewall } from './interventions/act.js';
import { notify, outsideOf, pay, setFace, type Draft } from './draft.js';
import { YEAR } from './universe.js';

/** Below this, USD, a claim is not worth making. */
const SMALLEST = 1;

/** Claims that come due today: interest is paid; lenders renew, call, or lend again.
 *
 * Whether a borrower is good is judged on the books of the last close. A claim that a lender called leaves a
 * line, on which it lends again, as far as its cash goes, when the term comes round and the borrower has recovered
 * (or an entrant has its seat). Claims that the outside book took over from estates are called when due.
 */
export function settleClaims(
  scenario: Scenario,
  stage: Stage,
  world: World,
  draft: Draft,
  standing: Balances,
  hoards: FundingRule,
  firewalls: readonly Firewall[],
): void {
  const { termDays } = scenario.contagion;
  const { face, phase } = world.claims;
  const today = (termDays - (draft.day % termDays)) % termDays;
  for (let e = 0; e < face.length; e++) {
    if (phase[e] !== today) continue;
    const called = calledShare(world, standing, hoards, e);
    const parted = isParted(firewalls, world.claims, e);
    if (face[e]! > 0) due(scenario, stage, world, standing, draft, e, { called, parted });
    else if (called === 0 && !parted) lendAgain(scenario, world, standing, draft, e);
  }
}

/** What share of a claim its lender calls for want of cash, on the books of the last close. */
function calledShare({ books, claims }: World, { assets }: Balances, hoards: FundingRule, e: number): number {
  const i = claims.creditor[e]!;
  return i === outsideOf(books) || assets[i]! <= 0 ? 0 : hoards(books.cash[i]! / assets[i]!);
}

/** Whether a firewall stands between a claim's creditor and its debtor. */
function isParted(firewalls: readonly Firewall[], { creditor, debtor }: Claims, e: number): boolean {
  const [a, b] = [creditor[e]!, debtor[e]!];
  return firewalls.some(({ one, other }) => (one.has(a) && other.has(b)) || (one.has(b) && other.has(a)));
}

/** What befalls a claim that comes due: the share that its lender calls for want of cash, and whether a firewall
 * forbids it. */
interface Fate {
  readonly called: number;
  readonly parted: boolean;
}

function due(
  scenario: Scenario,
  stage: Stage,
  { claims, books }: World,
  standing: Balances,
  draft: Draft,
  e: number,
  { called, parted }: Fate,
): void {
  const { termDays, renewalFloor } = scenario.contagion;
  const creditor = claims.creditor[e]!;
  const debtor = claims.debtor[e]!;
  const face = claims.face[e]!;
  pay(
    draft,
    kinds['claim-interest'],
    debtor,
    creditor,
    (face * scenario.market.costs.interestRate * termDays) / YEAR,
  );
  const ratio = leverageRatioOf(standing, debtor);
  const inherited = creditor === outsideOf(books);
  if (ratio >= renewalFloor && !inherited && !parted) return hoard(stage, claims, draft, e, called);
  pay(draft, kinds['claim-repayment'], debtor, creditor, face);
  setFace(draft, e, 0);
  if (inherited) return;
  notify(draft, 'not-renewed', {
    creditor: stage.institutions[creditor]!.id,
    debtor: stage.institutions[debtor]!.id,
    amount: face,
    leverageRatio: ratio,
  });
}

/** A lender short of cash calls part of what it would have renewed. */
function hoard(stage: Stage, claims: World['claims'], draft: Draft, e: number, share: number): void {
  if (share === 0) return;
  const [creditor, debtor] = [claims.creditor[e]!, claims.debtor[e]!];
  const amount = share * claims.face[e]!;
  pay(draft, kinds['claim-repayment'], debtor, creditor, amount);
  setFace(draft, e, claims.face[e]! - amount);
  notify(draft, 'hoarded', {
    creditor: stage.institutions[creditor]!.id,
    debtor: stage.institutions[debtor]!.id,
    amount,
  });
}

function lendAgain(
  scenario: Scenario,
  { claims, books }: World,
  standing: Balances,
  draft: Draft,
  e: number,
): void {
  const creditor = claims.creditor[e]!;
  const debtor = claims.debtor[e]!;
  if (claims.line[e] === 0 || books.active[creditor] === 0 || books.active[debtor] === 0) return;
  const { renewalFloor } = scenario.contagion;
  if ([creditor, debtor].some((i) => leverageRatioOf(standing, i) < renewalFloor)) return;
  const amount = Math.min(claims.line[e]!, draft.books.cash[creditor]!);
  if (amount < SMALLEST) return;
  pay(draft, kinds['new-claim'], creditor, debtor, amount);
  setFace(draft, e, amount);
}

/** Claims that the authority caps are repaid this morning, as far as the debtor's cash goes, and not lent again. */
export function repayEarly(draft: Draft, { repayments }: Pick<Acts, 'repayments'>): void {
  for (const { creditor, debtor, amountUsd } of repayments) {
    const { claims, books } = draft;
    const e = claims.face.findIndex(
      (face, at) => face > 0 && claims.creditor[at] === creditor && claims.debtor[at] === debtor,
    );
    if (e < 0) continue;
    const amount = Math.min(amountUsd, claims.face[e]!, Math.max(0, books.cash[debtor]!));
    pay(draft, kinds['claim-repayment'], debtor, creditor, amount);
    setFace(draft, e, claims.face[e]! - amount);
    const line = claims.line.slice();
    line[e] = draft.claims.face[e]!;
    draft.claims = { ...draft.claims, line };
  }
}
