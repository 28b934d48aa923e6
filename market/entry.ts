import { paymentKinds as kinds } from '../core/payment-kinds.js';
import type { Scenario } from '../core/scenario.js';
import type { Stage } from '../core/types.js';
import { ISSUER, notify, outsideOf, pay, type Draft } from './draft.js';
import { typeOf } from './stage.js';
import { templateBook, type TemplateBook } from './template-book.js';

/** How a seat left by a default is filled again; `liquidate` never is. */
const refill = {
  replace(draft: Draft, i: number, id: string, { equity }: TemplateBook): void {
    draft.books.generation[i]! += 1;
    draft.books.entryDay[i] = draft.day;
    pay(draft, kinds.capital, outsideOf(draft.books), i, equity);
    notify(draft, 'entry', { institution: id, generation: draft.books.generation[i]!, equity });
  },
  recapitalise(draft: Draft, i: number, id: string, { equity }: TemplateBook): void {
    issue(draft, i, equity);
    notify(draft, 'recapitalised', { institution: id, amount: equity });
  },
  liquidate(): void {
    throw new RangeError('a liquidated institution does not come back');
  },
};

/** Creates cash. */
export function issue(draft: Draft, i: number, amount: number): void {
  pay(draft, kinds.issuance, ISSUER, i, amount);
  draft.issuedUsd += amount;
}

/** Fills the seats whose day has come, with the template book of day 0: equity and funding in cash, and its loans. */
export function reenter(scenario: Scenario, stage: Stage, draft: Draft): void {
  const { books, day } = draft;
  stage.institutions.forEach((institution, i) => {
    if (books.active[i] === 1 || books.reentryDay[i] !== day) return;
    const template = templateBook(typeOf(scenario, institution), institution);
    books.active[i] = 1;
    books.reentryDay[i] = 0;
    refill[scenario.contagion.resolution](draft, i, institution.id, template);
    pay(draft, kinds.deposit, outsideOf(books), i, template.funded);
    pay(draft, kinds['loan-purchase'], i, outsideOf(books), template.loans);
  });
}
