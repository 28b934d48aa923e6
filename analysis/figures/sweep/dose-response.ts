import type { DoseResponse } from '../../sweep/dose-response.js';
import type { Trend } from '../../statistics/page-trend.js';
import type { MetricLabel } from '../../metrics/metric.js';
import type { Figure } from '../figure.js';
import { drawGrid } from '../grid.js';
import { dots, line, ribbon, whiskers } from '../marks.js';
import { palette } from '../palette.js';
import type { Panel } from '../panel.js';

export interface Curve {
  readonly response: DoseResponse;
  readonly label: MetricLabel;
}

const panelOf = ({ response, label }: Curve): Panel => {
  const at = response.levels.map((x, i) => ({ x, y: response.means[i]!.value }));
  const bands = response.levels.flatMap((x, i) => {
    const { interval } = response.means[i]!;
    return interval ? [{ x, low: interval[0], high: interval[1] }] : [];
  });
  return {
    heading: `${label.label} (${label.unit})`,
    height: 170,
    layers: [
      ribbon(bands, palette.blue),
      whiskers(bands, palette.blue, 1),
      line(at, palette.blue),
      dots(at, palette.blue),
    ],
    x: { title: response.field },
    y: {},
  };
};

const share = (p: number): string => (p < 0.001 ? 'below 0.001' : p.toFixed(3));

/** Smallest p-value that is called none. */
const level = 0.05;

const within = (interval: readonly [number, number] | null, show: (value: number) => string): string =>
  interval ? ` [${interval.map(show).join(', ')}]` : '';

const digits = (value: number): string => String(Number(value.toPrecision(3))).replace('-', '−');

const direction = ({ z }: Trend, pValue: number): string =>
  pValue >= level ? 'shows no trend' : z > 0 ? 'tends to rise' : 'tends to fall';

/** p-values are those after adjustment over all fields and measures of the sweep. */
function sentence({ response: { trend, bend, slope, holm }, label }: Curve): string {
  if (!Number.isFinite(trend.pValue))
    return `${label.label} has too few levels or replications for a test of trend.`;
  const line = `slope ${digits(slope.value)}${within(slope.interval, digits)}`;
  const test = `Page’s trend, p ${share(holm.trend)}, n = ${trend.n}`;
  const knee =
    holm.bend < level
      ? `, with a bend at ${digits(bend.at)}${within(bend.between, digits)} (p ${share(holm.bend)})`
      : '';
  return `${label.label} ${direction(trend, holm.trend)} with the dose (${line}; ${test})${knee}.`;
}

/** How measures answer to one field: means by level with 95% intervals over replications. */
export const doseResponseFigure = (field: string, curves: readonly Curve[]): Figure => ({
  title: `Dose and response: ${field}`,
  key: [
    { label: 'mean', colour: palette.blue, sign: 'line' },
    { label: '95% interval over replications', colour: palette.blue, sign: 'band' },
  ],
  caption: `${curves.map(sentence).join(' ')} Slopes are per unit of the dose, with 95% intervals over replications; p-values are adjusted over all doses and measures (Holm).`,
  data: Object.fromEntries(curves.map((c) => [c.response.metric, c.response])),
  draw: (width) =>
    drawGrid(curves.map(panelOf), 3, width, `dr-${field.replaceAll(/[^a-z]/gi, '-')}-${width}`),
});
