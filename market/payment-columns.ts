import type { PaymentKindName } from '../core/payment-kinds.js';

/** Payments of a day, in columns that grow: thousands a day are too many for objects. */
export interface PaymentColumns {
  length: number;
  from: Int32Array;
  to: Int32Array;
  amount: Float64Array;
  readonly kind: PaymentKindName[];
}

const FIRST = 256;

/** Columns with room for the payments expected, and for more once those have come. */
export const noPayments = (expected = FIRST): PaymentColumns => ({
  length: 0,
  from: new Int32Array(expected),
  to: new Int32Array(expected),
  amount: new Float64Array(expected),
  kind: [],
});

export const copyPayments = ({ length, from, to, amount, kind }: PaymentColumns): PaymentColumns => ({
  length,
  from: from.slice(),
  to: to.slice(),
  amount: amount.slice(),
  kind: kind.slice(),
});

/** Adds a payment. */
export function addPayment(
  columns: PaymentColumns,
  kind: PaymentKindName,
  from: number,
  to: number,
  amount: number,
): void {
  const row = columns.length++;
  if (row === columns.from.length) grow(columns);
  columns.from[row] = from;
  columns.to[row] = to;
  columns.amount[row] = amount;
  columns.kind.push(kind);
}

function grow(columns: PaymentColumns): void {
  const { from, to, amount } = columns;
  columns.from = new Int32Array(2 * from.length);
  columns.from.set(from);
  columns.to = new Int32Array(2 * to.length);
  columns.to.set(to);
  columns.amount = new Float64Array(2 * amount.length);
  columns.amount.set(amount);
}
