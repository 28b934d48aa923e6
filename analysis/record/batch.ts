import { tables, type Batch, type ColumnData, type Level, type TableName } from '../../core/events.js';

export const tableNames = Object.keys(tables) as TableName[];

const rank: Readonly<Record<Level, number>> = { minimal: 0, standard: 1, full: 2 };

/** Tables that a record of this level keeps. */
export const keptTables = (level: Level): TableName[] =>
  tableNames.filter((name) => rank[tables[name].level] <= rank[level]);

export const columnNames = (name: TableName): string[] => Object.keys(tables[name].columns);

export const rowCount = (batch: Batch): number => Object.values(batch)[0]?.length ?? 0;

/** The batch's columns in the order of the dictionary; throws where one is missing or of another length. */
export function orderedColumns(name: TableName, batch: Batch): ColumnData[] {
  const rows = rowCount(batch);
  return columnNames(name).map((column) => {
    const data = batch[column];
    if (data?.length !== rows)
      throw new Error(`table ${name}: column ${column} has ${data?.length ?? 'no'} rows of ${rows}`);
    return data;
  });
}

/** Rows from `from` to `to` of a column. */
export const sliceColumn = (column: ColumnData, from: number, to: number): ColumnData =>
  column.slice(from, to);
