import type { Point } from './thin.js';
import { thin } from './thin.js';

/** A layer of a plot: a Vega-Lite mark, its encoding and its own data. */
export interface Layer {
  readonly data: { readonly values: readonly object[] };
  readonly mark: Readonly<Record<string, unknown>>;
  readonly encoding: Readonly<Record<string, unknown>>;
}

const quantitative = (field: string): object => ({ field, type: 'quantitative' });
const xy = { x: quantitative('x'), y: quantitative('y') };

export interface LineStyle {
  readonly width?: number;
  readonly opacity?: number;
  readonly dash?: readonly number[];
  readonly interpolate?: 'linear' | 'step-after';
}

/** Points that a line of a picture needs at most. */
const enough = 800;

export const line = (points: readonly Point[], color: string, style: LineStyle = {}): Layer => ({
  data: { values: thin(points, enough) },
  mark: {
    type: 'line',
    color,
    strokeWidth: style.width ?? 1.5,
    opacity: style.opacity ?? 1,
    strokeDash: style.dash ?? [],
    interpolate: style.interpolate ?? 'linear',
    strokeJoin: 'round',
    clip: true,
  },
  encoding: xy,
});

/** Thin upright bars from 0, one a day. */
export const needles = (points: readonly Point[], color: string): Layer => ({
  data: {
    values: thin(
      points.filter((p) => p.y !== 0),
      enough,
    ).map((p) => ({ ...p, y0: 0 })),
  },
  mark: { type: 'rule', color, strokeWidth: 1.4 },
  encoding: { ...xy, y2: { field: 'y0' } },
});

export const dots = (points: readonly Point[], color: string): Layer => ({
  data: { values: points },
  mark: { type: 'point', filled: true, color, size: 42, opacity: 1 },
  encoding: xy,
});

/** Upright bars between two heights. */
export const whiskers = (
  bars: readonly { readonly x: number; readonly low: number; readonly high: number }[],
  color: string,
  width: number,
): Layer => ({
  data: { values: bars },
  mark: { type: 'rule', color, strokeWidth: width },
  encoding: { x: quantitative('x'), y: quantitative('low'), y2: { field: 'high' } },
});

/** The area between two heights, from point to point. */
export const ribbon = (
  values: readonly { readonly x: number; readonly low: number; readonly high: number }[],
  color: string,
): Layer => ({
  data: { values },
  mark: { type: 'area', color, opacity: 0.2, line: false },
  encoding: { x: quantitative('x'), y: quantitative('low'), y2: { field: 'high' } },
});

/** Spans of the whole height. */
export const spans = (
  values: readonly { readonly from: number; readonly to: number }[],
  color: string,
  opacity: number,
): Layer => ({
  data: { values },
  mark: { type: 'rect', color, opacity, clip: true },
  encoding: { x: quantitative('from'), x2: { field: 'to' } },
});

/** Upright lines of the whole height. */
export const uprights = (days: readonly number[], color: string): Layer => ({
  data: { values: days.map((x) => ({ x })) },
  mark: { type: 'rule', color, strokeWidth: 1, opacity: 0.8, clip: true },
  encoding: { x: quantitative('x') },
});

/** A level line across the whole width. */
export const level = (y: number, color: string, dash: readonly number[] = []): Layer => ({
  data: { values: [{ y }] },
  mark: { type: 'rule', color, strokeWidth: 1.5, strokeDash: dash },
  encoding: { y: quantitative('y') },
});

/** Bands across the whole width; they do not stretch the axis. */
export const bands = (
  values: readonly { readonly from: number; readonly to: number }[],
  color: string,
  opacity: number,
): Layer => ({
  data: { values },
  mark: { type: 'rect', color, opacity, clip: true },
  encoding: { y: quantitative('from'), y2: { field: 'to' } },
});
