import { slotNumber } from './order-pool.js';

/** Whose orders rest in a book: a row by handle, kept by slot, where a later order takes the place of an earlier one. */
export interface Holders {
  handle: Float64Array;
  row: Int32Array;
}

export const noHolders = (): Holders => ({ handle: new Float64Array(64), row: new Int32Array(64) });

/** Notes that an order that rests is of a row. */
export function hold(holders: Holders, handle: number, row: number): void {
  const slot = slotNumber(handle);
  if (slot >= holders.row.length) widen(holders, slot);
  holders.handle[slot] = handle;
  holders.row[slot] = row;
}

/** The row that an order is of, also once it has traded and until another is held in its slot; −1 where it is of none. */
export function holderOf({ handle, row }: Holders, order: number): number {
  const slot = slotNumber(order);
  return handle[slot] === order ? row[slot]! : -1;
}

function widen(holders: Holders, slot: number): void {
  const handle = new Float64Array(2 * slot);
  const row = new Int32Array(2 * slot);
  handle.set(holders.handle);
  row.set(holders.row);
  holders.handle = handle;
  holders.row = row;
}
