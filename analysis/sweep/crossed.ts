import type { HeatMap } from '../figures/sweep/heat-map.js';
import { sampleOf, type SweepData } from './sweep-data.js';

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Means of a measure over two fields, averaged over whatever else varies; undefined unless every cell is there. */
export function crossed(sweep: SweepData, down: string, across: string, metric: string): HeatMap | undefined {
  const { points } = sweep.plan;
  const label = sweep.labels[metric];
  const levels = (field: string): string[] => [...new Set(points.map((p) => shown(p.settings[field])))];
  const [rows, columns] = [levels(down), levels(across)];
  if (!label || rows.length < 2 || columns.length < 2 || columns.length > 12 || rows.length > 20)
    return undefined;
  const means = rows.map((r) =>
    columns.map((c) => {
      const here = points.flatMap((p, i) =>
        shown(p.settings[down]) === r && shown(p.settings[across]) === c ? [i] : [],
      );
      const values = here.flatMap((p) => Array.from(sampleOf(sweep, p, metric)).filter(Number.isFinite));
      return here.length === 0 ? undefined : values.reduce((a, b) => a + b, 0) / values.length;
    }),
  );
  if (means.flat().includes(undefined)) return undefined;
  return {
    down: { field: down, levels: rows },
    across: { field: across, levels: columns },
    means: means as number[][],
    label,
  };
}
