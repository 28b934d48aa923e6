import type { NoticeKind } from '../core/events.js';
import type { PaymentKind } from '../core/payment-kinds.js';
import type { Books, Claims, World } from '../core/types.js';
import {
  balances,
  holdingsOf,
  interbankOf,
  sheetsOf,
  type Balances,
  type Holdings,
  type Sheets,
  type Interbank,
} from './book.js';
import type { Fills } from './fills.js';
import { addPayment, noPayments, type PaymentColumns } from './payment-columns.js';

export type NoticeRow = Readonly<Record<string, string | number>>;

/** A day in the making: private copies of what the day changes, and what it has recorded so far. */
export interface Draft {
  readonly day: number;
  readonly books: Books;
  claims: Claims;
  claimsChanged: boolean;
  /** Whether the faces of claims are a copy of this draft's own: they are copied when the first of them changes. */
  ownsFaces: boolean;
  issuedUsd: number;
  /** Payments of earlier parts of the day, to which nothing is added, and those of this one. */
  readonly earlier: readonly PaymentColumns[];
  readonly payments: PaymentColumns;
  /** Claims summed by institution, holdings valued, and what balance sheets come to, until something of that moves:
   * see `standing`. */
  interbank: Interbank | undefined;
  holdings: Holdings | undefined;
  balances: Balances | undefined;
  readonly fills: Fills[];
  readonly notices: (readonly [NoticeKind, NoticeRow])[];
}

/** Payments that an institution makes or gets in the morning, when there are many. */
const PAYMENTS = 5;

/** Where created cash comes from in the table of payments. */
export const ISSUER = -1;

/** The roster index of the outside book. */
export const outsideOf = (books: Books): number => books.active.length;

/** A copy to write into, on the units given. */
export const copyBooks = (books: Books, units: Float64Array): Books => ({
  cash: books.cash.slice(),
  units,
  loans: books.loans.slice(),
  funding: books.funding.slice(),
  writtenDown: books.writtenDown.slice(),
  active: books.active.slice(),
  generation: books.generation.slice(),
  entryDay: books.entryDay.slice(),
  reentryDay: books.reentryDay.slice(),
});

/** A draft of `day` that begins where the world stands. Nobody trades in the morning: units are copied at the close. */
export const draftOf = (world: World, day: number): Draft => ({
  day,
  books: copyBooks(world.books, world.books.units),
  claims: world.claims,
  claimsChanged: false,
  ownsFaces: false,
  issuedUsd: 0,
  earlier: [],
  payments: noPayments(PAYMENTS * world.books.active.length),
  ...sheetsOf(world),
  fills: [],
  notices: [],
});

/** A draft to be carried on with these books, without writing into it; `payments` of them are expected. */
export const carriedOn = (draft: Draft, books: Books, payments?: number): Draft => ({
  ...draft,
  books,
  earlier: [...draft.earlier, draft.payments],
  payments: noPayments(payments),
});

/** A payment, recorded and booked; a negative amount goes the other way. */
export function pay(draft: Draft, kind: PaymentKind, from: number, to: number, amount: number): void {
  if (amount === 0) return;
  if (amount < 0) return pay(draft, kind, to, from, -amount);
  addPayment(draft.payments, kind.code, from, to, amount);
  draft.balances = undefined;
  book(draft.books, kind, from, to, amount);
}

function book(
  books: Books,
  { cash, fundingOfPayer, loansOfPayer, fundingOfPayee }: PaymentKind,
  from: number,
  to: number,
  amount: number,
): void {
  const n = outsideOf(books);
  if (cash === 1) {
    if (from !== ISSUER) books.cash[from]! -= amount;
    books.cash[to]! += amount;
  }
  const bySeat = from >= 0 && from < n;
  if (bySeat && fundingOfPayer !== 0) books.funding[from]! += fundingOfPayer * amount;
  if (bySeat && loansOfPayer !== 0) books.loans[from]! += loansOfPayer * amount;
  if (to < n && fundingOfPayee !== 0) books.funding[to]! += fundingOfPayee * amount;
}

/** Sets the face of a claim. */
export function setFace(draft: Draft, claim: number, face: number): void {
  if (!draft.ownsFaces) draft.claims = { ...draft.claims, face: draft.claims.face.slice() };
  draft.ownsFaces = true;
  draft.claims.face[claim] = face;
  claimsMoved(draft);
}

/** Says that claims are no longer what they were. */
export function claimsMoved(draft: Draft): void {
  draft.claimsChanged = true;
  draft.interbank = undefined;
  draft.balances = undefined;
}

/** Sets by how much each institution has written down its claims. */
export function setWrittenDown(draft: Draft, usd: Float64Array): void {
  draft.books.writtenDown.set(usd);
  draft.balances = undefined;
}

/** Says that units are no longer what they were. */
export function unitsMoved(draft: Draft): void {
  draft.holdings = undefined;
  draft.balances = undefined;
}

/** Balance sheets of all institutions as the draft stands, at given prices; reckoned once until something moves. */
export const standing = (draft: Draft, price: Float64Array): Balances => sheetsIn(draft, price).balances;

/** The same, with what they are made of. */
export function sheetsIn(draft: Draft, price: Float64Array): Sheets {
  const holdings = holdingsIn(draft, price);
  draft.interbank ??= interbankOf(draft.claims, outsideOf(draft.books));
  draft.balances ??= balances(draft.books, draft.interbank, holdings);
  return { interbank: draft.interbank, holdings, balances: draft.balances };
}

/** Values of holdings as the draft stands; reckoned once for the same units and the same array of prices. */
export function holdingsIn(draft: Draft, price: Float64Array): Holdings {
  if (draft.holdings?.price === price) return draft.holdings;
  draft.balances = undefined;
  draft.holdings = holdingsOf(draft.books, price);
  return draft.holdings;
}

export function notify(draft: Draft, kind: NoticeKind, row: NoticeRow): void {
  draft.notices.push([kind, row]);
}
