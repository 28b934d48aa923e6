import { daily, numbers, type RunData } from '../run-data.js';
import type { Batch } from '../../core/events.js';
import type { Metrics } from '../metrics.js';
import type { FigureMaker } from './figure.js';
import { drawGrid } from './grid.js';
import type { KeyItem } from './key.js';
import { line } from './marks.js';
import { coloursOf, palette } from './palette.js';
import type { Panel } from './panel.js';
import { counted, listed, written } from './say.js';
import { pointsOf } from './thin.js';
import { backdropKey, overDays } from './timeline.js';

/** Assets over equity of each type's institutions in business, by day. */
function leverageByType(run: RunData, batch: Batch, days: Float64Array): ReadonlyMap<string, Float64Array> {
  const types = [...new Set(run.roster.map((s) => s.type))];
  const place = new Map(Array.from(days, (d, i) => [d, i]));
  const typeOf = run.roster.map((s) => types.indexOf(s.type));
  const sums = types.map(() => ({
    assets: new Float64Array(days.length),
    equity: new Float64Array(days.length),
  }));
  const [day, seat] = [numbers(batch, 'day'), numbers(batch, 'institution')];
  const [active, assets, equity] = ['active', 'assetsUsd', 'equityUsd'].map((c) => numbers(batch, c)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  day.forEach((d, row) => {
    const at = place.get(d);
    if (at === undefined || active[row] === 0) return;
    const total = sums[typeOf[seat[row]!]!]!;
    total.assets[at]! += assets[row]!;
    total.equity[at]! += equity[row]!;
  });
  return new Map(
    types.map((t, i) => [t, sums[i]!.assets.map((a, at) => (a > 0 ? a / sums[i]!.equity[at]! : NaN))]),
  );
}

function cumulative(values: Float64Array): Float64Array {
  let total = 0;
  return values.map((v) => (total += v));
}

interface Lines {
  readonly day: Float64Array;
  readonly all: Float64Array;
  readonly byType: ReadonlyMap<string, Float64Array>;
  readonly defaults: Float64Array;
}

const linesOf = (run: RunData): Lines => {
  const day = daily(run, 'day');
  const batch = run.tables.institutions;
  return {
    day,
    all: daily(run, 'leverage'),
    byType: batch ? leverageByType(run, batch, day) : new Map(),
    defaults: cumulative(daily(run, 'defaults')),
  };
};

const panels = (run: RunData, { day, all, byType, defaults }: Lines): Panel[] => {
  const colours = coloursOf([...byType.keys()]);
  return [
    overDays(run, {
      heading: 'Leverage, assets over equity (log scale)',
      height: 190,
      layers: [
        ...[...byType].map(([type, values]) => line(pointsOf(day, values), colours.get(type)!)),
        line(pointsOf(day, all), palette.ink, { dash: [5, 3] }),
      ],
      y: { type: 'log', values: [1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 100] },
    }),
    overDays(
      run,
      {
        heading: 'Defaults since day 0, count',
        height: 80,
        layers: [line(pointsOf(day, defaults), palette.vermillion, { interpolate: 'step-after', width: 2 })],
        y: { include: [0, 1], ticks: 3, format: 'd' },
      },
      'Trading day',
    ),
  ];
};

/** Leverage of each type on the last day, its peak, and who defaulted. */
function caption(run: RunData, { measures }: Metrics, { byType }: Lines): string {
  const now = [...byType].map(([type, values]) => {
    const defined = values.filter(Number.isFinite);
    return `${type} ${written.ratio(defined[0]!)} → ${written.ratio(defined.at(-1)!)}`;
  });
  const types = now.length > 0 ? `Leverage from the first to the last day: ${now.join(', ')}. ` : '';
  const peak = measures['leverage']?.extreme;
  const top = peak ? `All together peak at ${written.ratio(peak.value)} on day ${peak.day}. ` : '';
  const typeOf = new Map(run.roster.map((s) => [s.id, s.type]));
  const fallen = run.notices.flatMap((n) => (n.kind === 'default' ? (n.columns['institution'] ?? []) : []));
  const tally = new Map<string, number>();
  for (const id of fallen)
    tally.set(typeOf.get(String(id)) ?? 'unknown', (tally.get(typeOf.get(String(id)) ?? 'unknown') ?? 0) + 1);
  const who =
    fallen.length === 0
      ? 'Nobody defaults.'
      : `${counted(fallen.length, 'default')}: ${listed([...tally].map(([t, n]) => `${t} ${n}`))}.`;
  return types + top + who;
}

/** Leverage by type of institution, and defaults. */
export const leverageAndDefaults: FigureMaker = (run, metrics) => {
  const lines = linesOf(run);
  const colours = coloursOf([...lines.byType.keys()]);
  const key: KeyItem[] = [
    ...[...lines.byType.keys()].map((t) => ({ label: t, colour: colours.get(t)!, sign: 'line' as const })),
    { label: 'all together', colour: palette.ink, sign: 'dashed' },
    ...backdropKey(run),
  ];
  return {
    'leverage-and-defaults': {
      title: 'Leverage by type of institution, and defaults',
      key,
      caption: caption(run, metrics, lines),
      data: {
        day: lines.day,
        all: lines.all,
        ...Object.fromEntries(lines.byType),
        cumulativeDefaults: lines.defaults,
      },
      draw: (width) => drawGrid(panels(run, lines), 1, width, `lv${width}`),
    },
  };
};
