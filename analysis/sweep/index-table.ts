import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { SweepData, SweepPlan, SweepRow } from './sweep-data.js';

/** The key of the footer under which a table says what it is of. */
const footerKey = 'herdscope.sweep';

const cell = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null));

type Column = Parameters<typeof parquetWriteBuffer>[0]['columnData'][number];

/** A field's values at the rows' points: numbers where all are numbers, else text. */
function fieldColumn(plan: SweepPlan, rows: readonly SweepRow[], field: string): Column {
  const values = plan.points.map((p) => p.settings[field]);
  const data = rows.map((row) => values[row.point]);
  return values.every((v) => typeof v === 'number')
    ? { name: field, data: data as number[], type: 'DOUBLE', nullable: false }
    : { name: field, data: data.map(cell), type: 'STRING', nullable: false };
}

function columns({ plan, rows, labels }: SweepData): Column[] {
  const text = (name: string, of: (row: SweepRow) => string): Column => ({
    name,
    data: rows.map(of),
    type: 'STRING',
    nullable: false,
  });
  const whole = (name: 'point' | 'replication'): Column => ({
    name,
    data: rows.map((row) => row[name]),
    type: 'INT32',
    nullable: false,
  });
  return [
    whole('point'),
    text('label', (row) => plan.points[row.point]!.label),
    ...plan.fields.map((field) => fieldColumn(plan, rows, field)),
    whole('replication'),
    { name: 'seed', data: rows.map((row) => row.seed), type: 'DOUBLE', nullable: false },
    text('run', (row) => row.run),
    text('chain', (row) => row.chain),
    ...Object.keys(labels).map((name): Column => ({
      name,
      data: rows.map((row) => row.metrics[name] ?? null),
      type: 'DOUBLE',
      nullable: true,
    })),
  ];
}

/** The tidy table of a sweep, one row a run, as Parquet that says what it is of; the same bytes for the same runs. */
export function indexBytes(sweep: SweepData): Uint8Array {
  const { plan, labels, version } = sweep;
  const footer = JSON.stringify({ plan, labels, version });
  return new Uint8Array(
    parquetWriteBuffer({ columnData: columns(sweep), kvMetadata: [{ key: footerKey, value: footer }] }),
  );
}

/** Thrown where a Parquet file is not a sweep's table. */
export class NotAnIndex extends Error {}

/** A sweep from its table alone. */
export async function readIndex(bytes: Uint8Array): Promise<SweepData> {
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  const footer = parquetMetadata(file).key_value_metadata?.find(({ key }) => key === footerKey)?.value;
  if (footer === undefined) throw new NotAnIndex('it is not the table of a sweep');
  const { plan, labels, version } = JSON.parse(footer) as Omit<SweepData, 'rows'>;
  const records = await parquetReadObjects({ file });
  const rows = records.map((record): SweepRow => ({
    point: Number(record['point']),
    replication: Number(record['replication']),
    seed: Number(record['seed']),
    run: String(record['run']),
    chain: String(record['chain']),
    metrics: Object.fromEntries(
      Object.keys(labels).map((name) => [name, (record[name] ?? null) as number | null]),
    ),
  }));
  return { plan, labels, version, rows };
}
