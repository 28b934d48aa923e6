import type { RunData } from '../../analysis/run-data.js';
import { columnNames, orderedColumns, rowCount } from '../../analysis/record/batch.js';
import type { SweepData, SweepRow } from '../../analysis/sweep/sweep-data.js';
import type { Batch, TableName } from '../../core/events.js';
import { csvLine } from '../csv-text.js';
import { readRun } from '../run-data.js';
import { readSweep } from '../sweep/read-sweep.js';
import type { Exported, Exporter, Source } from './exporter.js';

type Name = (index: number) => string;

/** What indices of a column stand for, by the column's name. */
function namesOf({ roster, scenario }: RunData): Readonly<Record<string, Name>> {
  const institution: Name = (i) =>
    roster[i]?.id ?? (i === roster.length ? 'outside' : i === -1 ? 'issuance' : String(i));
  return {
    institution,
    from: institution,
    to: institution,
    creditor: institution,
    debtor: institution,
    asset: (i) => scenario.assets[i]?.id ?? String(i),
    architecture: (i) => scenario.learning.architectures[i]?.name ?? String(i),
  };
}

function tableText(run: RunData, table: TableName, batch: Batch): string {
  const names = columnNames(table);
  const known = namesOf(run);
  const readable = orderedColumns(table, batch).map((column, c) => {
    const name = known[names[c]!];
    return name === undefined ? column : Array.from(column as ArrayLike<number>, name);
  });
  const lines = [csvLine(names)];
  for (let row = 0; row < rowCount(batch); row++) lines.push(csvLine(readable.map((column) => column[row])));
  return lines.join('');
}

async function ofRun(folder: string): Promise<Exported> {
  const run = await readRun(folder, '');
  return new Map(
    Object.entries(run.tables).map(([table, batch]) => [
      `${table}.csv`,
      tableText(run, table as TableName, batch),
    ]),
  );
}

function indexText({ plan, rows, labels }: SweepData): string {
  const measures = Object.keys(labels);
  const cells = (row: SweepRow): unknown[] => {
    const { label, settings } = plan.points[row.point]!;
    return [
      row.point,
      label,
      ...plan.fields.map((field) => settings[field]),
      row.replication,
      row.seed,
      row.run,
      row.chain,
      ...measures.map((name) => row.metrics[name]),
    ];
  };
  const head = ['point', 'label', ...plan.fields, 'replication', 'seed', 'run', 'chain', ...measures];
  return [head, ...rows.map(cells)].map(csvLine).join('');
}

const kinds = {
  run: ofRun,
  sweep: async (folder: string): Promise<Exported> =>
    new Map([['index.csv', indexText(await readSweep(folder))]]),
} satisfies Record<Source['kind'], (folder: string) => Promise<Exported>>;

export const csv: Exporter = {
  summary: 'a table a file, institutions and assets by name',
  export: ({ folder, kind }) => kinds[kind](folder),
};
