import type { SweepData } from '../analysis/sweep/sweep-data.js';

type Point = SweepData['plan']['points'][number];

/** A sweep with one measure, m, whose values are given by point and replication. */
export function sweepDataOf(
  design: string,
  points: readonly Point[],
  values: readonly (readonly number[])[],
): SweepData {
  return {
    plan: {
      name: 'synthetic',
      question: '',
      design,
      fields: Object.keys(points[0]!.settings),
      replications: values[0]!.length,
      metrics: ['m'],
      points,
    },
    rows: values.flatMap((row, point) =>
      row.map((m, replication) => ({
        point,
        replication,
        seed: replication,
        run: `r-${point}-${replication}`,
        chain: `c-${point}-${replication}`,
        metrics: { m },
      })),
    ),
    labels: { m: { label: 'M', unit: 'ratio', topic: 'market', meaning: 'A measure.' } },
    version: '0',
  };
}
