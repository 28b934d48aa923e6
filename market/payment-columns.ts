/** Payments of a day, in columns that grow: thousands a day are too many for objects. */
export interface PaymentColumns {
  length: number;
  /** Codes of kinds. */
  kind: Uint8Array;
  from: Int32Array;
  to: Int32Array;
  amount: Float64Array;
}

const FIRST = 256;

/** Columns with room for the payments expected, and for more once those have come. */
export const noPayments = (expected = FIRST): PaymentColumns => ({
  length: 0,
  kind: new Uint8Array(expected),
  from: new Int32Array(expected),
  to: new Int32Array(expected),
  amount: new Float64Array(expected),
});

/** Adds a payment of the kind that has this code. */
export function addPayment(
  columns: PaymentColumns,
  code: number,
  from: number,
  to: number,
  amount: number,
): void {
  const row = columns.length++;
  if (row === columns.from.length) makeRoom(columns, Math.max(FIRST, 2 * row));
  columns.kind[row] = code;
  columns.from[row] = from;
  columns.to[row] = to;
  columns.amount[row] = amount;
}

function makeRoom(columns: PaymentColumns, rows: number): void {
  const { kind, from, to, amount } = columns;
  Object.assign(columns, noPayments(rows), { length: columns.length });
  columns.kind.set(kind);
  columns.from.set(from);
  columns.to.set(to);
  columns.amount.set(amount);
}

/** Payments one after another, in columns as long as they are many. */
export function joinedPayments(parts: readonly PaymentColumns[]): PaymentColumns {
  const joined = noPayments(parts.reduce((rows, { length }) => rows + length, 0));
  for (const { length, kind, from, to, amount } of parts) {
    joined.kind.set(kind.subarray(0, length), joined.length);
    joined.from.set(from.subarray(0, length), joined.length);
    joined.to.set(to.subarray(0, length), joined.length);
    joined.amount.set(amount.subarray(0, length), joined.length);
    joined.length += length;
  }
  return joined;
}
