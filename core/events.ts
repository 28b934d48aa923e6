import type { Table } from './events/columns.js';
import { bookTables } from './events/book-tables.js';
import { marketTables } from './events/market-tables.js';
import { mindTables } from './events/mind-tables.js';
import type { Notice } from './events/notices.js';

export type { Level } from './events/columns.js';
export { notices, ownLimits, type Notice, type NoticeKind } from './events/notices.js';

/** Every recordable fact. Tables hold what happened, one batch of columns a day; notices hold decisions
 * and their reasons. The version is raised whenever a column or a kind changes its meaning. */
export const recordVersion = 1;

const { days, assets, contagion } = marketTables;
const { exposures, writeDowns, ...books } = bookTables;

/** In the order in which a day's rows are hashed. */
export const tables = {
  days,
  assets,
  ...books,
  ...mindTables,
  exposures,
  writeDowns,
  contagion,
} as const satisfies Record<string, Table>;

export type TableName = keyof typeof tables;
export type ColumnData = Int32Array | Float32Array | Float64Array | readonly string[];
/** Columns of one table for one day, all of one length. */
export type Batch = Readonly<Record<string, ColumnData>>;

/** All that one day produced, before any of it is written. */
export interface DayFacts {
  readonly day: number;
  readonly tables: Readonly<Partial<Record<TableName, Batch>>>;
  readonly notices: readonly Notice[];
}
