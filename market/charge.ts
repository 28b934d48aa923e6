import { paymentKinds as kinds } from '../core/payment-kinds.js';
import { carriedOn, copyBooks, outsideOf, pay } from './draft.js';
import type { Opened } from './open-day.js';

/** What an institution has to pay. */
export interface Charge {
  readonly institution: number;
  readonly amountUsd: number;
}

/** A morning after institutions have paid what mandates cost them, to the outside book. */
export function charged(opened: Opened, charges: readonly Charge[]): Opened {
  if (charges.length === 0) return opened;
  const { draft: morning, world } = opened;
  const books = copyBooks(morning.books, morning.books.units);
  const draft = carriedOn(morning, books, charges.length);
  for (const { institution, amountUsd } of charges)
    pay(draft, kinds.compliance, institution, outsideOf(books), amountUsd);
  return { ...opened, draft, world: { ...world, books } };
}
