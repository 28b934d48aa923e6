import type { Metrics } from '../metrics.js';
import { dailyMeans } from '../metrics/daily-means.js';
import { mean } from '../../core/numeric.js';
import { daily, type RunData } from '../run-data.js';
import type { FigureMaker } from './figure.js';
import { drawGrid } from './grid.js';
import { line } from './marks.js';
import { palette } from './palette.js';
import type { Panel } from './panel.js';
import { rollingMean } from './rolling-mean.js';
import { listed, written } from './say.js';
import { pointsOf } from './thin.js';
import { backdropKey, overDays } from './timeline.js';

const window = 20;

interface Shown {
  readonly column: string;
  readonly heading: string;
  readonly colour: string;
}

/** Row by row: herding, crowding, monoculture. */
const shown: readonly Shown[] = [
  { column: 'lsv', heading: 'Herding: LSV, share of trades', colour: palette.blue },
  { column: 'crowding', heading: 'Crowding: cosine of bets', colour: palette.green },
  { column: 'effectiveModels', heading: 'Monoculture: effective models', colour: palette.purple },
  { column: 'turnover', heading: 'Turnover, share a day', colour: palette.blue },
  { column: 'overlap', heading: 'Overlap of portfolios, share', colour: palette.green },
  { column: 'forecastCorrelation', heading: 'Correlation of forecasts', colour: palette.purple },
];

const panels = (run: RunData): Panel[] =>
  shown.map(({ column, heading, colour }, i) => {
    const values = daily(run, column);
    const day = daily(run, 'day');
    const layers = [
      line(pointsOf(day, values), colour, { width: 0.75, opacity: 0.4 }),
      line(pointsOf(day, rollingMean(values, window)), colour, { width: 2 }),
    ];
    const panel = { heading, height: 120, layers, y: { ticks: 4 } };
    const last = i >= 3 ? ('Trading day' as const) : ('' as const);
    const over = overDays(run, panel, last);
    return { ...over, x: { ...over.x, ticks: 4 } };
  });

/** How a measure's mean moved from the first to the last third of the measured days. */
function movement(run: RunData, { sample }: Metrics, column: string): string | null {
  const spec = dailyMeans[column]!;
  const day = daily(run, 'day');
  const values = daily(run, column);
  const part = (from: number, to: number): number =>
    mean(values.filter((v, i) => v === v && day[i]! >= from && day[i]! < to));
  const third = Math.floor(sample.days / 3);
  const early = part(sample.firstDay, sample.firstDay + third);
  const late = part(sample.lastDay - third + 1, sample.lastDay + 1);
  if (!Number.isFinite(early) || !Number.isFinite(late)) return null;
  const show = written[spec.unit];
  const name = spec.label.toLowerCase().replace('(lsv)', '(LSV)');
  return `${name} ${show(early)} → ${show(late)}`;
}

/** Herding, crowding and monoculture beside each other: three things, never one index. */
export const likeness: FigureMaker = (run, metrics) => {
  const moves = shown.map((s) => movement(run, metrics, s.column)).filter((m) => m !== null);
  const seen =
    moves.length === 0
      ? 'No measure is defined on enough days to compare.'
      : `Means over the first → the last third of the measured days: ${listed(moves)}.`;
  return {
    likeness: {
      title: 'Herding (same trades), crowding (same positions), monoculture (same models)',
      key: [
        { label: 'day', colour: palette.grey, sign: 'line' },
        { label: `mean of ${window} days (bold)`, colour: palette.ink, sign: 'line' },
        ...backdropKey(run),
      ],
      caption: seen,
      data: {
        day: daily(run, 'day'),
        ...Object.fromEntries(shown.map((s) => [s.column, daily(run, s.column)])),
      },
      draw: (width) => drawGrid(panels(run), 3, width, `lk${width}`),
    },
  };
};
