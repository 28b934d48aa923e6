import { fromRows } from '../../core/linear.js';
import type { ReturnHistory } from './view.js';

/** Rows of returns as a history. */
export function fromTable(rows: readonly (readonly number[])[]): ReturnHistory {
  return { rows: rows.length, values: fromRows(rows) };
}
