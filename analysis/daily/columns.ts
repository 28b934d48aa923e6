import type { DayFacts } from '../../core/events.js';

/** A numeric column of a day's table, or of a batch. */
export type Numbers = ArrayLike<number>;

/** A column by name; empty where the day has no such table. */
export const column = (batch: Readonly<Record<string, unknown>> | undefined, name: string): Numbers =>
  (batch?.[name] ?? []) as Numbers;

/** Rows of a table of (institution, item) cells, one an institution, in the table's order. */
export function rowsByInstitution(
  who: Numbers,
  values: Numbers,
): { readonly seats: number[]; readonly rows: Numbers[] } {
  const seats: number[] = [];
  const rows: number[][] = [];
  for (let r = 0; r < who.length; r++) {
    if (seats.at(-1) !== who[r]) {
      seats.push(who[r]!);
      rows.push([]);
    }
    rows.at(-1)!.push(values[r]!);
  }
  return { seats, rows };
}

/** The day's forecasts, one row an institution. */
export const forecastRows = ({ tables }: Pick<DayFacts, 'tables'>): Numbers[] =>
  rowsByInstitution(column(tables.forecasts, 'institution'), column(tables.forecasts, 'mean')).rows;
