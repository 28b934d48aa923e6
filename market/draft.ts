import type { NoticeKind } from '../core/events.js';
import { paymentKinds, type PaymentKindName } from '../core/payment-kinds.js';
import type { Books, Claims, World } from '../core/types.js';

/** Columns that grow while a day is worked out. */
export interface Payments {
  readonly from: number[];
  readonly to: number[];
  readonly kind: PaymentKindName[];
  readonly amount: number[];
}

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
  readonly payments: Payments;
  readonly fills: Fills[];
  readonly notices: (readonly [NoticeKind, NoticeRow])[];
}

/** Where created cash comes from in the table of payments. */
export const ISSUER = -1;

/** The roster index of the outside book. */
export const outsideOf = (books: Books): number => books.active.length;

export const copyBooks = (books: Books): Books => ({
  cash: books.cash.slice(),
  units: books.units.slice(),
  loans: books.loans.slice(),
  funding: books.funding.slice(),
  active: books.active.slice(),
  generation: books.generation.slice(),
  reentryDay: books.reentryDay.slice(),
});

/** A draft of `day` that begins where the world stands. */
export const draftOf = (world: World, day: number): Draft => ({
  day,
  books: copyBooks(world.books),
  claims: { ...world.claims, face: world.claims.face.slice() },
  claimsChanged: false,
  issuedUsd: 0,
  payments: { from: [], to: [], kind: [], amount: [] },
  fills: [],
  notices: [],
});

/** A payment, recorded and booked; a negative amount goes the other way. */
export function pay(draft: Draft, kind: PaymentKindName, from: number, to: number, amount: number): void {
  if (amount === 0) return;
  if (amount < 0) return pay(draft, kind, to, from, -amount);
  const { payments } = draft;
  payments.from.push(from);
  payments.to.push(to);
  payments.kind.push(kind);
  payments.amount.push(amount);
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
}

export function notify(draft: Draft, kind: NoticeKind, row: NoticeRow): void {
  draft.notices.push([kind, row]);
}
