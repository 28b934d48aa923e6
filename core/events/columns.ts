type ColumnType = 'int32' | 'float32' | 'float64' | 'string';

/** How much of a run is kept. */
export type Level = 'minimal' | 'standard' | 'full';

export interface Column {
  readonly type: ColumnType;
  readonly unit: string;
  readonly meaning: string;
}

/** What one table holds, and from which level on it is kept. */
export interface Table {
  readonly level: Level;
  readonly meaning: string;
  readonly columns: Readonly<Record<string, Column>>;
}

export const int = (unit: string, meaning: string): Column => ({ type: 'int32', unit, meaning });
export const f32 = (unit: string, meaning: string): Column => ({ type: 'float32', unit, meaning });
export const f64 = (unit: string, meaning: string): Column => ({ type: 'float64', unit, meaning });
export const text = (unit: string, meaning: string): Column => ({ type: 'string', unit, meaning });

export const day = int('day', 'Trading day; 0 is the state before the first.');
export const institution = int(
  'index',
  'Institution, as an index into the roster of data/dictionary.json (sorted by id).',
);
export const asset = int('index', 'Asset, as an index into the assets of data/dictionary.json.');
