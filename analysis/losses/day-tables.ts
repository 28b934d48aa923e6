import type { Batch, TableName } from '../../core/events.js';
import { texts, type RunData } from '../run-data.js';

/** One day of a record. */
export interface DayTables {
  readonly day: number;
  readonly tables: Readonly<Partial<Record<TableName, Batch>>>;
}

/** Rows of each day, as [from, to): a record's days rise. */
function rangesOf(batch: Batch): Map<number, readonly [number, number]> {
  const day = batch['day'] as Int32Array;
  const ranges = new Map<number, readonly [number, number]>();
  for (let from = 0, to = 0; from < day.length; from = to) {
    while (to < day.length && day[to] === day[from]) to++;
    ranges.set(day[from]!, [from, to]);
  }
  return ranges;
}

/** Rows of a batch; numbers are not copied. */
const rows = (batch: Batch, from: number, to: number): Batch =>
  Object.fromEntries(
    Object.entries(batch).map(([name, column]) => [
      name,
      'subarray' in column ? column.subarray(from, to) : column.slice(from, to),
    ]),
  );

/** A record's tables day by day, from day 0. */
export function dayTables({ tables }: RunData): DayTables[] {
  const ranges = Object.entries(tables).map(([name, batch]) => ({ name, batch, of: rangesOf(batch) }));
  const last = Math.max(0, ...ranges.flatMap(({ of }) => [...of.keys()]));
  return Array.from({ length: last + 1 }, (_, day) => {
    const found = ranges.flatMap(({ name, batch, of }) => {
      const range = of.get(day);
      return range ? [[name, rows(batch, ...range)] as const] : [];
    });
    return { day, tables: Object.fromEntries(found) };
  });
}

/** A numeric column of a day's table; empty where the day has no such rows. */
export const cells = (batch: Batch | undefined, column: string): ArrayLike<number> =>
  (batch?.[column] ?? []) as ArrayLike<number>;

/** A text column likewise. */
export const words = (batch: Batch | undefined, column: string): readonly string[] =>
  batch === undefined ? [] : texts(batch, column);
