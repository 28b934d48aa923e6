import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { textAt, type Drawing } from './drawing.js';
import { domainOf } from './domain.js';
import type { Layer } from './marks.js';
import { normalSvg } from './normal-svg.js';
import { fonts, palette } from './palette.js';

export interface AxisSpec {
  readonly domain?: readonly [number, number];
  /** Values that the axis reaches at least. */
  readonly include?: readonly number[];
  readonly format?: string;
  readonly type?: 'linear' | 'log';
  readonly values?: readonly number[];
  readonly labels?: boolean;
  readonly labelExpr?: string;
  readonly ticks?: number;
}

/** One plot: its layers on a pair of axes. */
export interface Panel {
  /** What stands on the upright axis, with its unit. */
  readonly heading: string;
  readonly layers: readonly Layer[];
  readonly height: number;
  readonly x: AxisSpec & { readonly title: string };
  readonly y: AxisSpec;
}

const margin = { left: 50, right: 12, top: 26 };
const bottom = (panel: Panel): number => (panel.x.title === '' ? 20 : 38);

const config = {
  aria: false,
  background: null,
  font: fonts,
  view: { stroke: null },
  axis: {
    domainColor: palette.ink,
    domainOpacity: 0.6,
    domainWidth: 0.75,
    tickColor: palette.ink,
    tickOpacity: 0.6,
    tickWidth: 0.75,
    tickSize: 4,
    gridColor: palette.ink,
    gridOpacity: 0.1,
    gridWidth: 0.75,
    labelColor: palette.ink,
    labelOpacity: 0.85,
    labelFontSize: 11,
    labelPadding: 4,
    titleColor: palette.ink,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    titlePadding: 6,
  },
};

const axisOf = ({ format, labels = true, labelExpr, values, ticks }: AxisSpec, more: object): object => ({
  labels,
  ...(format === undefined ? {} : { format }),
  ...(labelExpr === undefined ? {} : { labelExpr }),
  ...(values === undefined ? {} : { values }),
  ...(ticks === undefined ? {} : { tickCount: ticks }),
  ...more,
});

const scaleOf = ({ domain, type = 'linear' }: AxisSpec): object => ({
  type,
  ...(type === 'log' ? {} : { zero: false }),
  nice: false,
  ...(domain ? { domain } : {}),
});

/** Axes and scales are the same for every layer; the first states them. */
function specOf(panel: Panel, width: number): TopLevelSpec {
  const { x, y } = panel;
  const axes: Readonly<Record<string, object>> = {
    x: { scale: scaleOf(x), axis: axisOf(x, { title: x.title === '' ? null : x.title, grid: false }) },
    y: {
      scale: scaleOf({ ...y, domain: y.domain ?? domainOf(panel.layers, y) }),
      axis: axisOf({ ticks: 4, ...y }, { title: null, domain: false, tickSize: 0 }),
    },
  };
  const layer = panel.layers.map(({ data, mark, encoding }) => ({
    data,
    mark,
    encoding: Object.fromEntries(
      Object.entries(encoding).map(([channel, of]) => [channel, { ...(of as object), ...axes[channel] }]),
    ),
  }));
  const padding = { ...margin, bottom: bottom(panel) };
  return {
    width: width - margin.left - margin.right,
    height: panel.height,
    padding,
    autosize: { type: 'none' },
    layer,
    config,
  } as unknown as TopLevelSpec;
}

/** Draws a panel at a width; `prefix` keeps its ids apart from those of other panels of the page. */
export async function drawPanel(panel: Panel, width: number, prefix: string): Promise<Drawing> {
  const drawable = { ...panel, layers: panel.layers.filter((layer) => layer.data.values.length > 0) };
  const view = new View(parse(compile(specOf(drawable, width)).spec), { renderer: 'none' });
  const svg = await view.toSVG();
  view.finalize();
  const heading = textAt(panel.heading, 0, 14, { size: 12, weight: 600 });
  const height = panel.height + margin.top + bottom(panel);
  return { width, height, body: normalSvg(svg, prefix) + heading };
}
