import type { Scenario } from '../core/scenario.js';
import type { Stage, World } from '../core/types.js';
import { leverageRatioOf, type Balances } from './book.js';
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
): void {
  const { termDays } = scenario.contagion;
  const { face, phase } = world.claims;
  const today = (termDays - (draft.day % termDays)) % termDays;
  for (let e = 0; e < face.length; e++) {
    if (phase[e] !== today) continue;
    if (face[e]! > 0) due(scenario, stage, world, standing, draft, e);
    else lendAgain(scenario, world, standing, draft, e);
  }
}

function due(
  scenario: Scenario,
  stage: Stage,
  { claims, books }: World,
  standing: Balances,
  draft: Draft,
  e: number,
): void {
  const { termDays, renewalFloor } = scenario.contagion;
  const creditor = claims.creditor[e]!;
  const debtor = claims.debtor[e]!;
  const face = claims.face[e]!;
  pay(
    draft,
    'claim-interest',
    debtor,
    creditor,
    (face * scenario.market.costs.interestRate * termDays) / YEAR,
  );
  const ratio = leverageRatioOf(standing, debtor);
  const inherited = creditor === outsideOf(books);
  if (ratio >= renewalFloor && !inherited) return;
  pay(draft, 'claim-repayment', debtor, creditor, face);
  setFace(draft, e, 0);
  if (inherited) return;
  notify(draft, 'not-renewed', {
    creditor: stage.institutions[creditor]!.id,
    debtor: stage.institutions[debtor]!.id,
    amount: face,
    leverageRatio: ratio,
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
  pay(draft, 'new-claim', creditor, debtor, amount);
  setFace(draft, e, amount);
}
