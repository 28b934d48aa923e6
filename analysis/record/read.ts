import { parquetRead } from 'hyparquet';
import { tables, type Batch, type ColumnData, type TableName } from '../../core/events.js';
import { columnNames } from './batch.js';

type Type = 'int32' | 'float32' | 'float64' | 'string';
const typed = { int32: Int32Array, float32: Float32Array, float64: Float64Array } as const;

/** A table of a record as columns, from the bytes of its Parquet file. */
export async function readTable(name: TableName, bytes: Uint8Array): Promise<Batch> {
  const chunks = new Map<string, ArrayLike<unknown>[]>(columnNames(name).map((c) => [c, []]));
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  await parquetRead({
    file,
    onChunk: ({ columnName, columnData }) => chunks.get(columnName)?.push(columnData as ArrayLike<unknown>),
  });
  const columns = tables[name].columns as Record<string, { readonly type: Type }>;
  return Object.fromEntries(
    columnNames(name).map((column): [string, ColumnData] => {
      const parts = chunks.get(column)!;
      const { type } = columns[column]!;
      if (type === 'string') return [column, parts.flatMap((part) => Array.from(part, String))];
      const all = new typed[type](parts.reduce((sum, part) => sum + part.length, 0));
      let at = 0;
      for (const part of parts as ArrayLike<number>[]) {
        all.set(part, at);
        at += part.length;
      }
      return [column, all];
    }),
  );
}
