import type { MetricLabel } from '../../metrics/metric.js';
import type { Estimate } from '../../statistics/estimate.js';
import type { Sensitivity } from '../../sweep/sensitivity.js';
import { px, textAt, textWidth, type Drawing } from '../drawing.js';
import type { Figure } from '../figure.js';
import { palette } from '../palette.js';
import { decimal } from '../say.js';

const rowHeight = 40;
const colours = { first: palette.blue, total: palette.orange } as const;
const ticks = [0, 0.25, 0.5, 0.75, 1];

/** The span of shares that is drawn: 0 to 1, and as far as an interval reaches beyond. */
function spanOf(found: readonly Sensitivity[]): [number, number] {
  const ends = found.flatMap(({ first, total }) => [first, total].flatMap((e) => e.interval ?? [e.value]));
  const finite = ends.filter(Number.isFinite);
  return [Math.min(0, ...finite), Math.max(1, ...finite)];
}

/** One bar from 0 to the estimate, with its interval as a rule. */
function bar({ value, interval }: Estimate, top: number, at: (v: number) => number, colour: string): string {
  if (!Number.isFinite(value)) return '';
  const [from, to] = [Math.min(at(0), at(value)), Math.max(at(0), at(value))];
  const body = `<rect x="${px(from)}" y="${px(top)}" width="${px(to - from)}" height="12" fill="${colour}" fill-opacity="0.75"/>`;
  if (!interval) return body;
  const [low, high] = interval.map(at) as [number, number];
  const middle = top + 6;
  return `${body}<path d="M${px(low)},${px(middle)}H${px(high)}M${px(low)},${px(middle - 4)}V${px(middle + 4)}M${px(high)},${px(middle - 4)}V${px(middle + 4)}" stroke="currentColor" stroke-width="1.2"/>`;
}

function draw(found: readonly Sensitivity[], width: number): Drawing {
  const left = Math.min(width / 2.5, 14 + Math.max(...found.map(({ field }) => textWidth(field, 12))));
  const [low, high] = spanOf(found);
  const at = (v: number): number => left + ((v - low) / (high - low)) * (width - left - 12);
  const bottom = found.length * rowHeight;
  const grid = ticks.map(
    (t) =>
      `<path d="M${px(at(t))},0V${px(bottom)}" stroke="currentColor" stroke-width="0.75" stroke-opacity="0.15"/>` +
      textAt(decimal(t, 2), at(t), bottom + 16, { size: 11, anchor: 'middle', opacity: 0.85 }),
  );
  const rows = found.map(
    ({ field, first, total }, row) =>
      textAt(field, 0, row * rowHeight + 22, { size: 12 }) +
      bar(first, row * rowHeight + 5, at, colours.first) +
      bar(total, row * rowHeight + 21, at, colours.total),
  );
  return { width, height: bottom + 22, body: [...grid, ...rows].join('') };
}

/** The fields that act, the most first. */
function sentence(found: readonly Sensitivity[], { label }: MetricLabel): string {
  const acting = found
    .filter(({ total }) => total.interval !== null && total.interval[0] > 0.01)
    .sort((a, b) => b.total.value - a.total.value);
  return acting.length === 0
    ? `No field’s share of the variance of ${label.toLowerCase()} has an interval clear of 0.`
    : `Of the variance of ${label.toLowerCase()} over the design, ${acting
        .map(({ field, total }) => `${field} takes part in ${decimal(100 * total.value, 0)}%`)
        .join(', ')} (n = ${acting[0]!.total.n} rows).`;
}

/** Shares of a measure's variance by field: alone, and with all it interacts with, with 95% intervals. */
export const sensitivityFigure = (found: readonly Sensitivity[], label: MetricLabel): Figure => ({
  title: `What ${label.label.toLowerCase()} is sensitive to`,
  key: [
    { label: 'alone (first order)', colour: colours.first, sign: 'dot' },
    { label: 'with interactions (total)', colour: colours.total, sign: 'dot' },
    { label: '95% interval', colour: palette.ink, sign: 'line' },
  ],
  caption: sentence(found, label),
  data: { indices: found },
  draw: (width) => Promise.resolve(draw(found, width)),
});
