import { exp } from '../../core/numeric.js';
import type { Metrics } from '../metrics.js';
import { daily, type RunData } from '../run-data.js';
import type { FigureMaker } from './figure.js';
import { drawGrid } from './grid.js';
import type { KeyItem } from './key.js';
import { line, needles } from './marks.js';
import { palette } from './palette.js';
import type { Panel } from './panel.js';
import { counted, percent, usd } from './say.js';
import { pointsOf } from './thin.js';
import { backdropKey, overDays } from './timeline.js';

/** What the index would be had only fundamentals moved it, from the same start. */
function fundamentalLevel(run: RunData): Float64Array {
  const levels = daily(run, 'indexLevel');
  let total = 0;
  return daily(run, 'fundamentalReturn').map((r, i) => {
    total += i === 0 || r !== r ? 0 : r;
    return levels[0]! * exp(total);
  });
}

/** Loss from forced sales over the opening equity of those in business. */
const lossShare = (run: RunData): Float64Array => {
  const equity = daily(run, 'openingEquityUsd');
  return daily(run, 'marginLossUsd').map((loss, i) => (equity[i]! > 0 ? loss / equity[i]! : 0));
};

const panels = (run: RunData): Panel[] => {
  const day = daily(run, 'day');
  const over = (values: ArrayLike<number>) => pointsOf(day, values);
  return [
    overDays(run, {
      heading: 'Index level, USD (100 on day 0)',
      height: 210,
      layers: [
        line(over(fundamentalLevel(run)), palette.sky, { width: 1.25 }),
        line(over(daily(run, 'indexLevel')), palette.ink),
      ],
      y: { ticks: 5 },
    }),
    overDays(run, {
      heading: 'Fire-sale loss, % of equity',
      height: 90,
      layers: [needles(over(lossShare(run).map((s) => 100 * s)), palette.blue)],
      y: { include: [0], ticks: 3 },
    }),
    overDays(
      run,
      {
        heading: 'Institutions forced to sell, count',
        height: 90,
        layers: [needles(over(daily(run, 'breaches')), palette.blue)],
        y: { include: [0, 1], ticks: 3, format: 'd' },
      },
      'Trading day',
    ),
  ];
};

/** From what level to what level the index moved, and where forced sales were worst. */
function caption(run: RunData, { measures, sample }: Metrics): string {
  const levels = daily(run, 'indexLevel');
  const fundamental = fundamentalLevel(run);
  const loss = lossShare(run);
  const worst = loss.reduce((best, v, i) => (v > loss[best]! ? i : best), 0);
  const m = (name: string): number => measures[name]?.value ?? 0;
  const end = `The index ends day ${sample.lastDay} at ${levels.at(-1)!.toFixed(1)}, its fundamental value at ${fundamental.at(-1)!.toFixed(1)}.`;
  const fall = `The largest fall from a peak after the warm-up is ${percent(m('maxDrawdown'))}.`;
  const sales =
    m('forcedSaleDays') === 0
      ? 'Nobody is forced to sell after the warm-up.'
      : `Institutions are forced to sell on ${counted(m('forcedSaleDays'), 'measured day')}, ${usd(m('forcedSalesUsd'))} in all.`;
  const peak =
    loss[worst]! > 0
      ? ` The worst fire sale, on day ${daily(run, 'day')[worst]!}, costs institutions ${percent(loss[worst]!)} of their equity.`
      : '';
  return `${end} ${fall} ${sales}${peak}`;
}

/** The index beside its fundamental value, and stress below it. */
export const priceAndStress: FigureMaker = (run, metrics) => {
  const key: KeyItem[] = [
    { label: 'index', colour: palette.ink, sign: 'line' },
    { label: 'fundamental value', colour: palette.sky, sign: 'line' },
    ...backdropKey(run),
  ];
  return {
    'price-and-stress': {
      title: 'The index, its fundamental value, and what forced sales cost',
      key,
      caption: caption(run, metrics),
      data: {
        day: daily(run, 'day'),
        indexLevelUsd: daily(run, 'indexLevel'),
        fundamentalLevelUsd: fundamentalLevel(run),
        fireSaleLossShare: lossShare(run),
        breaches: daily(run, 'breaches'),
        regime: daily(run, 'regime'),
        defaults: daily(run, 'defaults'),
      },
      draw: (width) => drawGrid(panels(run), 1, width, `ps${width}`),
    },
  };
};
