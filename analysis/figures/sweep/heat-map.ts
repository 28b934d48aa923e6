import type { MetricLabel } from '../../metrics/metric.js';
import type { Drawing } from '../drawing.js';
import { px, textAt, textWidth } from '../drawing.js';
import type { Figure } from '../figure.js';
import { palette } from '../palette.js';
import { written } from '../say.js';

/** Means of a measure over two crossed fields. */
export interface HeatMap {
  readonly across: { readonly field: string; readonly levels: readonly string[] };
  readonly down: { readonly field: string; readonly levels: readonly string[] };
  /** Down x across. */
  readonly means: readonly (readonly number[])[];
  readonly label: MetricLabel;
}

const rowHeight = 34;

function draw({ across, down, means, label }: HeatMap, width: number): Drawing {
  const left = Math.min(
    width / 3,
    12 + Math.max(...down.levels.map((l) => textWidth(l, 12)), textWidth(down.field, 12)),
  );
  const cell = Math.min(130, (width - left) / across.levels.length);
  const all = means.flat().filter(Number.isFinite);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const strength = (v: number): number => (high > low ? 0.08 + (0.72 * (v - low)) / (high - low) : 0.08);
  const top = 40;
  const body = [
    textAt(across.field, left, 12, { size: 12, weight: 600 }),
    textAt(down.field, 0, 32, { size: 12, weight: 600 }),
    ...across.levels.map((l, c) => textAt(l, left + (c + 0.5) * cell, 32, { size: 12, anchor: 'middle' })),
    ...means.flatMap((row, r) => [
      textAt(down.levels[r]!, 0, top + r * rowHeight + 21, { size: 12 }),
      ...row.map(
        (v, c) =>
          `<rect x="${px(left + c * cell)}" y="${px(top + r * rowHeight)}" width="${px(cell - 2)}" height="${rowHeight - 2}" fill="${palette.blue}" fill-opacity="${px(Number.isFinite(v) ? strength(v) : 0)}"/>` +
          textAt(
            Number.isFinite(v) ? written[label.unit](v) : '–',
            left + (c + 0.5) * cell,
            top + r * rowHeight + 21,
            {
              size: 12,
              anchor: 'middle',
            },
          ),
      ),
    ]),
  ].join('');
  return { width, height: top + means.length * rowHeight, body };
}

/** A measure over two fields at once: darker is larger. */
export const heatMapFigure = (map: HeatMap): Figure => ({
  title: `${map.label.label} over ${map.down.field} and ${map.across.field}`,
  key: [],
  caption: `Mean over replications of ${map.label.label.toLowerCase()}; darker is larger.`,
  data: { across: map.across, down: map.down, means: map.means },
  draw: (width) => Promise.resolve(draw(map, width)),
});
