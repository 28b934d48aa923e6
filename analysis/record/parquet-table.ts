import { ByteWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';
import { tables, type Batch, type ColumnData, type TableName } from '../../core/events.js';
import { columnNames, orderedColumns, rowCount } from './batch.js';
import { distinctCounter, encodingOf } from './encoding.js';

/** Receives the bytes of a file in order. */
export type Append = (bytes: Uint8Array) => void;

const parquetType = { int32: 'INT32', float32: 'FLOAT', float64: 'DOUBLE', string: 'STRING' } as const;
const empty = {
  int32: new Int32Array(0),
  float32: new Float32Array(0),
  float64: new Float64Array(0),
  string: [],
} as const;

type Type = keyof typeof parquetType;

const typeOf = (name: TableName, column: string): Type =>
  (tables[name].columns as Record<string, { readonly type: Type }>)[column]!.type;

function joined(type: Type, parts: readonly ColumnData[]): ColumnData {
  if (type === 'string') return (parts as readonly (readonly string[])[]).flat();
  const size = parts.reduce((sum, p) => sum + p.length, 0);
  const all =
    type === 'int32'
      ? new Int32Array(size)
      : type === 'float32'
        ? new Float32Array(size)
        : new Float64Array(size);
  let at = 0;
  for (const part of parts as readonly ArrayLike<number>[]) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** What the rest of a file depends on: days not yet written, and what the footer must say of those that are. */
export interface TableState {
  readonly kept: readonly (readonly ColumnData[])[];
  readonly offset: number;
  readonly written: Pick<ParquetWriter, 'row_groups' | 'num_rows' | 'pendingIndexes'>;
}

/** One Parquet file, written as days come; a row group holds a fixed number of days. */
export interface ParquetTable {
  readonly add: (batch: Batch) => void;
  /** Writes the days kept so far as a row group. */
  readonly flush: () => void;
  readonly state: () => TableState;
  readonly finish: () => void;
}

/** Begins a file, or carries on with one whose bytes so far are on disk. */
export function parquetTable(name: TableName, append: Append, from?: TableState): ParquetTable {
  const columns = columnNames(name);
  const count = distinctCounter();
  const source = (column: string, data: ColumnData) => ({
    name: column,
    data: data as unknown as number[],
    type: parquetType[typeOf(name, column)],
    nullable: false,
    ...encodingOf(data, count),
  });
  const bytes = new ByteWriter();
  const send = (): void => {
    append(bytes.getBytes().slice());
    bytes.index = 0;
  };
  const schema = schemaFromColumnData({ columnData: columns.map((c) => source(c, empty[typeOf(name, c)])) });
  const writer = new ParquetWriter({ writer: bytes, schema, createdBy: 'herdscope' });
  let kept: (readonly ColumnData[])[] = [...(from?.kept ?? [])];
  if (from) {
    Object.assign(writer, from.written);
    // The header is on disk already.
    [bytes.offset, bytes.index] = [from.offset, 0];
  } else send();
  const flush = (): void => {
    if (kept.length === 0) return;
    const columnData = columns.map((c, i) =>
      source(
        c,
        joined(
          typeOf(name, c),
          kept.map((batch) => batch[i]!),
        ),
      ),
    );
    void writer.write({ columnData, rowGroupSize: columnData[0]!.data.length });
    kept = [];
    send();
  };
  return {
    add: (batch) => {
      if (rowCount(batch) > 0) kept.push(orderedColumns(name, batch));
    },
    flush,
    state: () => ({
      kept,
      offset: bytes.offset,
      written: {
        row_groups: writer.row_groups,
        num_rows: writer.num_rows,
        pendingIndexes: writer.pendingIndexes,
      },
    }),
    finish: () => {
      flush();
      void writer.finish();
      send();
    },
  };
}
