import { sum } from '../core/numeric.js';
import { paymentKinds as kinds } from '../core/payment-kinds.js';
import type { Authority, EmergencyLoan, World } from '../core/types.js';
import type { Balances } from './book.js';
import { notify, outsideOf, pay, type Draft } from './draft.js';
import type { Acts } from './interventions/act.js';
import { decay, YEAR } from './universe.js';

/** Loans of the authority that come due this morning are paid back, as far as forced sales have not done so. */
export function repayLoans({ authority }: World, draft: Draft): void {
  for (const { institution, amountUsd, due } of authority.loans)
    if (due === draft.day) {
      const left = Math.min(amountUsd, draft.books.funding[institution]!);
      pay(draft, kinds['emergency-repayment'], institution, outsideOf(draft.books), left);
    }
}

/** Lends what the authority lends today, in proportion to total assets at the last close; what it then has lent. */
export function lend({ authority }: World, draft: Draft, { assets }: Balances, { loans }: Acts): Authority {
  if (loans.length === 0) return authority;
  const made = loans.flatMap(({ institutions, amountUsd, due, lender, told }): EmergencyLoan[] => {
    const who = [...institutions].filter((i) => draft.books.active[i] === 1 && assets[i]! > 0);
    const total = sum(Float64Array.from(who, (i) => assets[i]!));
    const nobody = { amount: 0, reason: 'nobody is in business: nothing was lent' };
    if (told) notify(draft, 'intervention', { ...told, ...(who.length === 0 ? nobody : {}) });
    return who.map((i) => ({ institution: i, amountUsd: amountUsd * (assets[i]! / total), due, lender }));
  });
  for (const { institution, amountUsd } of made)
    pay(draft, kinds['emergency-loan'], outsideOf(draft.books), institution, amountUsd);
  return { ...authority, loans: [...authority.loans, ...made] };
}

/** Loans that stand at the close: those of estates ended with their funding. */
export const outstanding = ({ loans }: Authority, { books, day }: Draft): readonly EmergencyLoan[] =>
  loans.filter(({ institution, due }) => due > day && books.active[institution] === 1);

/** The slow average of total assets of institutions in business, with a half-life of a year. */
export function creditTrend({ creditTrendUsd }: Authority, { books }: Draft, { assets }: Balances): number {
  const inBusiness = assets.slice();
  for (let i = 0; i < inBusiness.length; i++) if (books.active[i] !== 1) inBusiness[i] = 0;
  const total = sum(inBusiness);
  const keep = decay(YEAR);
  return keep * creditTrendUsd + (1 - keep) * total;
}
