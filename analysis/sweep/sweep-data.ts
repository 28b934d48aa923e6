import type { MetricLabel } from '../metrics/metric.js';

/** What a scenario field may be set to. */
type Json = unknown;

/** A weighted sum of points, replication by replication. */
export interface Contrast {
  readonly label: string;
  /** By place of the point in the plan; they add up to 0. */
  readonly weights: Readonly<Record<number, number>>;
}

/** What a sweep asked: everything but its results. */
export interface SweepPlan {
  readonly name: string;
  readonly question: string;
  readonly design: string;
  /** Scenario fields that points differ in. */
  readonly fields: readonly string[];
  readonly replications: number;
  /** Measures that the report tests; all are in the index. */
  readonly metrics: readonly string[];
  /** The first point is the one that others are compared with, unless contrasts say otherwise. */
  readonly points: readonly { readonly label: string; readonly settings: Readonly<Record<string, Json>> }[];
  readonly contrasts?: readonly Contrast[] | undefined;
}

/** One finished run of a sweep. */
export interface SweepRow {
  readonly point: number;
  readonly replication: number;
  readonly seed: number;
  /** Folder of its record. */
  readonly run: string;
  /** Hash of its last day: what `reproduce` must find again. */
  readonly chain: string;
  readonly metrics: Readonly<Record<string, number | null>>;
}

/** A sweep as analysis sees it. */
export interface SweepData {
  readonly plan: SweepPlan;
  /** By point, then replication. */
  readonly rows: readonly SweepRow[];
  /** How each measure is named and read. */
  readonly labels: Readonly<Record<string, MetricLabel>>;
  readonly version: string;
}

/** A measure by replication at a point; NaN where the run failed or the measure is undefined. */
export function sampleOf({ plan, rows }: SweepData, point: number, metric: string): Float64Array {
  const sample = new Float64Array(plan.replications).fill(NaN);
  for (const row of rows) if (row.point === point) sample[row.replication] = row.metrics[metric] ?? NaN;
  return sample;
}
