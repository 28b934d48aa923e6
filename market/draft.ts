import type { NoticeKind } from '../core/events.js';
import { paymentKinds, type PaymentKindName } from '../core/payment-kinds.js';
import type { Books, Claims, World } from '../core/types.js';
import { balances, holdingsOf, interbankOf, type Balances, type Holdings, type Interbank } from './book.js';
import { addPayment, noPayments, type PaymentColumns } from './payment-columns.js';

/** Fills of one wave, in columns. */
export interface Fills {
  readonly wave: number;
  readonly institution: Int32Array;
  readonly asset: Int32Array;
  /** Signed units. */
  readonly units: Float64Array;
  /** USD per unit. */
  readonly price: Float64Array;
}

export type NoticeRow = Readonly<Record<string, string | number>>;

/** A day in the making: private copies of what the day changes, and what it has recorded so far. */
export interface Draft {
  readonly day: number;
  readonly books: Books;
  claims: Claims;
  claimsChanged: boolean;
  issuedUsd: number;
  readonly payments: PaymentColumns;
  /** Claims summed by institution, and holdings valued, until claims, units or prices move: see `standing`. */
  interbank: Interbank | undefined;
  holdings: Holdings | undefined;
  readonly fills: Fills[];
  readonly notices: (readonly [NoticeKind, NoticeRow])[];
}

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
  reentryDay: books.reentryDay.slice(),
});

/** A draft of `day` that begins where the world stands. Nobody trades in the morning: units are copied at the close. */
export const draftOf = (world: World, day: number): Draft => ({
  day,
  books: copyBooks(world.books, world.books.units),
  claims: { ...world.claims, face: world.claims.face.slice() },
  claimsChanged: false,
  issuedUsd: 0,
  payments: noPayments(),
  interbank: undefined,
  holdings: undefined,
  fills: [],
  notices: [],
});

/** A payment, recorded and booked; a negative amount goes the other way. */
export function pay(draft: Draft, kind: PaymentKindName, from: number, to: number, amount: number): void {
  if (amount === 0) return;
  if (amount < 0) return pay(draft, kind, to, from, -amount);
  addPayment(draft.payments, kind, from, to, amount);
  book(draft.books, kind, from, to, amount);
}

function book(books: Books, kind: PaymentKindName, from: number, to: number, amount: number): void {
  const effect = paymentKinds[kind];
  const n = outsideOf(books);
  if (effect.cash === 1) {
    if (from !== ISSUER) books.cash[from]! -= amount;
    books.cash[to]! += amount;
  }
  if (from >= 0 && from < n) {
    books.funding[from]! += effect.fundingOfPayer * amount;
    books.loans[from]! += effect.loansOfPayer * amount;
  }
  if (to < n) books.funding[to]! += effect.fundingOfPayee * amount;
}

/** Sets the face of a claim. */
export function setFace(draft: Draft, claim: number, face: number): void {
  draft.claims.face[claim] = face;
  draft.claimsChanged = true;
  draft.interbank = undefined;
}

/** Balance sheets of all institutions as the draft stands, at given prices. */
export function standing(draft: Draft, price: Float64Array): Balances {
  draft.interbank ??= interbankOf(draft.claims, outsideOf(draft.books));
  return balances(draft.books, draft.interbank, holdingsIn(draft, price));
}

/** Values of holdings as the draft stands; reckoned once for the same units and the same array of prices. */
export function holdingsIn(draft: Draft, price: Float64Array): Holdings {
  if (draft.holdings?.price !== price) draft.holdings = holdingsOf(draft.books, price);
  return draft.holdings;
}

export function notify(draft: Draft, kind: NoticeKind, row: NoticeRow): void {
  draft.notices.push([kind, row]);
}
