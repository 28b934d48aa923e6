import type { Layer } from './marks.js';

const upright = ['y', 'y0', 'low', 'high'] as const;

const valuesOf = (layer: Layer): number[] =>
  layer.data.values.flatMap((row) =>
    upright.flatMap((name) => {
      const value = (row as Partial<Record<(typeof upright)[number], number>>)[name];
      return value === undefined ? [] : [value];
    }),
  );

/** Room above and below, as a share of the height. */
const headroom = 0.06;

const padded = {
  linear: (low: number, high: number): [number, number] => {
    const room = headroom * (high - low) || Math.max(1e-6, headroom * Math.abs(high));
    return [low === 0 ? 0 : low - room, high === 0 ? 0 : high + room];
  },
  log: (low: number, high: number): [number, number] => [low / (1 + headroom), high * (1 + headroom)],
};

/** The span of an upright axis: all that is drawn, and what it must include, with a little room, but none past 0. */
export function domainOf(
  layers: readonly Layer[],
  {
    include = [],
    type = 'linear',
  }: { readonly include?: readonly number[]; readonly type?: keyof typeof padded },
): [number, number] {
  const values = [...layers.flatMap(valuesOf), ...include];
  if (values.length === 0) return { linear: [0, 1], log: [1, 10] }[type] as [number, number];
  const [low, high] = values.reduce(([a, b], v) => [Math.min(a, v), Math.max(b, v)], [Infinity, -Infinity]);
  return padded[type](low, high);
}
