import { createHash, type Hash } from 'node:crypto';
import { tables, type Batch, type ColumnData, type TableName } from '../../core/events.js';
import { columnNames, orderedColumns, rowCount } from './batch.js';

const typed = { int32: Int32Array, float32: Float32Array, float64: Float64Array } as const;

/** Bytes of a column as recorded: little-endian numbers of its type, or strings each ended by a zero byte.
 *
 * A file of columns keeps one zero for both signs where it counts distinct values, so −0 hashes as 0.
 */
function update(hash: Hash, name: TableName, column: string, data: ColumnData): void {
  const { type } = (
    tables[name].columns as Record<string, { type: 'int32' | 'float32' | 'float64' | 'string' }>
  )[column]!;
  if (type === 'string') {
    hash.update((data as readonly string[]).map((text) => `${text}\0`).join(''));
    return;
  }
  const Type = typed[type];
  const values = Type.from(data as ArrayLike<number>);
  if (type !== 'int32') for (let i = 0; i < values.length; i += 1) values[i]! += 0;
  hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}

/** SHA-256 of one day's rows of all tables, in the order of the dictionary; tables without rows count for nothing. */
export function hashTables(batches: Iterable<readonly [TableName, Batch]>): string {
  const hash = createHash('sha256');
  for (const [name, batch] of batches) {
    const rows = rowCount(batch);
    if (rows === 0) continue;
    hash.update(`${name} ${rows}\n`);
    const columns = orderedColumns(name, batch);
    columnNames(name).forEach((column, c) => update(hash, name, column, columns[c]!));
  }
  return hash.digest('hex');
}

export const hashText = (text: string): string => createHash('sha256').update(text).digest('hex');
export const hashBytes = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
