import type { Batch, Notice, TableName } from '../core/events.js';
import type { Scenario } from '../core/scenario.js';

/** A notice with the day it was given on. */
export type DatedNotice = Notice & { readonly day: number };

/** A finished run as analysis sees it: what its record holds, and nothing of the simulator. */
export interface RunData {
  readonly scenario: Scenario;
  /** The same with nothing set, against which a report names what is special; absent: it names nothing. */
  readonly defaults?: Scenario;
  readonly roster: readonly { readonly id: string; readonly type: string; readonly architecture: string }[];
  /** All days concatenated; tables above the record's level are absent. */
  readonly tables: Readonly<Partial<Record<TableName, Batch>>>;
  readonly notices: readonly DatedNotice[];
  /** The exact command that reproduces the run. */
  readonly command: string;
  readonly version: string;
}

export type Numbers = Int32Array | Float32Array | Float64Array;

/** A numeric column of a table that must be there. */
export function numbers(batch: Batch, column: string): Numbers {
  const data = batch[column];
  if (data === undefined || Array.isArray(data)) throw new Error(`no numeric column "${column}"`);
  return data as Numbers;
}

/** A text column of a table that must be there. */
export function texts(batch: Batch, column: string): readonly string[] {
  const data = batch[column];
  if (!Array.isArray(data)) throw new Error(`no text column "${column}"`);
  return data as readonly string[];
}

/** The table of days, which every record has. */
export function daysOf(run: RunData): Batch {
  if (run.tables.days === undefined) throw new Error('a record without its table of days');
  return run.tables.days;
}

/** A column of the table of days from `from` on. */
export function daily(run: RunData, column: string, from = 0): Float64Array {
  const batch = daysOf(run);
  const day = numbers(batch, 'day');
  return Float64Array.from(numbers(batch, column)).filter((_, row) => day[row]! >= from);
}

/** The first day that counts. */
export const firstMeasuredDay = (run: RunData): number => run.scenario.warmUp + 1;

/** One row of a notice, with its day. */
export type NoticeRow = Readonly<Record<string, string | number>> & { readonly day: number };

/** Rows of the notices of a kind, in the order of days. */
export const noticeRows = ({ notices }: RunData, kind: DatedNotice['kind']): NoticeRow[] =>
  notices
    .filter((notice) => notice.kind === kind)
    .flatMap(({ day, columns }) =>
      (columns['institution'] ?? []).map((_, row) => ({
        ...Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values[row]!])),
        day,
      })),
    );
