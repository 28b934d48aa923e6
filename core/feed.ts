import { z } from 'zod';
import type { ColumnData, DayFacts, NoticeKind, TableName } from './events.js';

/** Raised whenever a line of the feed changes its meaning. */
export const feedVersion = 1;

const column = z.array(z.union([z.number(), z.string(), z.null()]));
const columns = z.record(z.string(), column).meta({
  description:
    'Columns of equal length, by name; null where a number is undefined. See data/dictionary.json.',
});
const day = z.int().min(0).meta({ description: 'Trading day; 0 is the state before the first.' });

/** One line of the feed. */
export const feedLineSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('hello'),
      version: z.literal(feedVersion),
      scope: z.enum(['public', 'everything']),
      name: z.string(),
      seed: z.int(),
      days: z.int().meta({ description: 'Days that the run will have.' }),
      lastDay: z.int().min(-1).meta({ description: 'Last day that is over; -1: none.' }),
      assets: z.array(z.string()).meta({ description: 'What indices of assets stand for.' }),
      institutions: z.array(z.string()).meta({ description: 'What indices of institutions stand for.' }),
    }),
    z.strictObject({ kind: z.literal('table'), day, table: z.string(), columns }),
    z.strictObject({ kind: z.literal('notice'), day, notice: z.string(), columns }),
    z.strictObject({ kind: z.literal('day'), day }),
    z.strictObject({
      kind: z.literal('end'),
      status: z.enum(['complete', 'interrupted', 'failed']),
    }),
  ])
  .meta({ title: 'A line of the feed of a run' });

export type FeedLine = z.infer<typeof feedLineSchema>;
export type FeedScope = 'public' | 'everything';

/** What everybody may see: the tape and aggregates; nobody's book, forecast, order or reason. */
const publicColumns: Partial<Readonly<Record<TableName, readonly string[]>>> = {
  days: [
    'day',
    'indexLevel',
    'indexReturn',
    'volumeUsd',
    'marginWaves',
    'forcedSalesUsd',
    'equityUsd',
    'active',
    'breaches',
    'defaults',
    'lsv',
    'lsvBuy',
    'lsvSell',
    'csad',
    'cssd',
    'crowding',
    'overlap',
    'effectiveAssets',
    'forecastCorrelation',
    'effectiveArchitectures',
    'effectiveModels',
    'debtRank',
    'fireSaleLoss',
    'leverage',
    'turnover',
  ],
  assets: ['day', 'asset', 'price', 'volumeUnits'],
};

/** Events that everybody hears of. */
const publicNotices: ReadonlySet<NoticeKind> = new Set(['round', 'default', 'entry']);
const publicNoticeColumns: Partial<Readonly<Record<NoticeKind, readonly string[]>>> = {
  default: ['institution'],
  entry: ['institution', 'generation'],
};

const plain = (data: ColumnData | readonly (string | number)[]): (number | string | null)[] =>
  Array.from(data as ArrayLike<number | string>, (value) =>
    typeof value === 'number' && !Number.isFinite(value) ? null : value,
  );

const chosen = (
  all: Readonly<Record<string, ColumnData | readonly (string | number)[]>>,
  names: readonly string[] | undefined,
): Record<string, (number | string | null)[]> =>
  Object.fromEntries(
    Object.entries(all)
      .filter(([name]) => !names || names.includes(name))
      .map(([name, data]) => [name, plain(data)]),
  );

/** A day's lines for readers of a scope. */
export function dayLinesFor(scope: FeedScope, { day, tables, notices }: DayFacts): FeedLine[] {
  const everything = scope === 'everything';
  const shown = (Object.keys(tables) as TableName[]).filter((t) => everything || publicColumns[t]);
  const told = notices.filter(({ kind }) => everything || publicNotices.has(kind));
  return [
    ...shown.map((table): FeedLine => {
      const names = everything ? undefined : publicColumns[table];
      return { kind: 'table', day, table, columns: chosen(tables[table]!, names) };
    }),
    ...told.map(({ kind, columns }): FeedLine => {
      const names = everything ? undefined : publicNoticeColumns[kind];
      return { kind: 'notice', day, notice: kind, columns: chosen(columns, names) };
    }),
    { kind: 'day', day },
  ];
}
