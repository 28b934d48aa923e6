import { mean } from '../../core/numeric.js';
import { breakpoint, type Breakpoint } from '../statistics/breakpoint.js';
import { holm } from '../statistics/holm.js';
import { pageTrend, type Trend } from '../statistics/page-trend.js';
import { studentInterval, type MeanTest } from '../statistics/student-interval.js';
import { sampleOf, type SweepData } from './sweep-data.js';

/** A measure along the levels of one numeric field. */
export interface DoseResponse {
  readonly field: string;
  readonly metric: string;
  readonly levels: readonly number[];
  readonly means: readonly MeanTest[];
  /** Of the least-squares line of each replication, per unit of the field. */
  readonly slope: MeanTest;
  readonly trend: Trend;
  readonly bend: Breakpoint;
  /** The p-values of trend and bend, each adjusted over all fields and tested measures of the sweep. */
  readonly holm: { readonly trend: number; readonly bend: number };
}

const isNumber = (value: unknown): value is number => typeof value === 'number';

/** Points by level of a field, where all else is as at the first point or averaged over: level to points. */
function pointsByLevel({ plan }: SweepData, field: string): Map<number, number[]> {
  const levels = new Map<number, number[]>();
  plan.points.forEach(({ settings }, p) => {
    const level = settings[field];
    if (isNumber(level)) levels.set(level, [...(levels.get(level) ?? []), p]);
  });
  return new Map([...levels].sort(([a], [b]) => a - b));
}

/** Points that differ from the first in this field alone; all points where the design crosses its fields. */
function alone(sweep: SweepData, field: string): Map<number, number[]> {
  const { points } = sweep.plan;
  const others = (p: number): string =>
    JSON.stringify(
      Object.entries(points[p]!.settings)
        .filter(([name]) => name !== field)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  const all = pointsByLevel(sweep, field);
  const groups = new Map([...all].map(([level, at]) => [level, at.map(others).sort().join()]));
  if (new Set(groups.values()).size === 1) return all;
  return new Map(
    [...all]
      .map(([level, at]) => [level, at.filter((p) => others(p) === others(0))] as const)
      .filter(([, at]) => at.length > 0),
  );
}

/** Fields with at least three levels of numbers. */
const doseFields = (sweep: SweepData): string[] =>
  sweep.plan.fields.filter((field) => alone(sweep, field).size >= 3 && alone(sweep, field).size <= 50);

/** Slope of a replication's least-squares line. */
function slopeOf(levels: readonly number[], values: readonly number[]): number {
  const [centre, middle] = [mean(levels), mean(values)];
  const spread = levels.reduce((sum, x) => sum + (x - centre) ** 2, 0);
  return levels.reduce((sum, x, j) => sum + (x - centre) * (values[j]! - middle), 0) / spread;
}

function responseOf(sweep: SweepData, field: string, metric: string): Omit<DoseResponse, 'holm'> {
  const byLevel = alone(sweep, field);
  const levels = [...byLevel.keys()];
  const samples = [...byLevel.values()].map((points) => {
    const each = points.map((p) => sampleOf(sweep, p, metric));
    return each[0]!.map((_, r) => each.reduce((sum, s) => sum + s[r]!, 0) / each.length);
  });
  const replications = Array.from({ length: sweep.plan.replications }, (_, r) => samples.map((s) => s[r]!));
  const complete = replications.filter((row) => row.every(Number.isFinite));
  const address = { seed: 0, purpose: 'bend-bootstrap', entity: `${field} ${metric}` };
  return {
    field,
    metric,
    levels,
    means: samples.map((s) => studentInterval(s.filter(Number.isFinite))),
    slope: studentInterval(complete.map((row) => slopeOf(levels, row))),
    trend: pageTrend(complete),
    bend: breakpoint(levels, complete, address),
  };
}

/** How every tested measure answers to every numeric field of three levels or more: means by level with intervals, slope,
 * trend and knee, replications paired; trends are adjusted as one family, and bends as another. */
export function doseResponses(sweep: SweepData): DoseResponse[] {
  const { metrics } = sweep.plan;
  const each = doseFields(sweep).flatMap((field) =>
    metrics.flatMap((metric) => (sweep.labels[metric] ? [responseOf(sweep, field, metric)] : [])),
  );
  const [trends, bends] = [
    holm(each.map(({ trend }) => trend.pValue)),
    holm(each.map(({ bend }) => bend.pValue)),
  ];
  return each.map((response, i) => ({ ...response, holm: { trend: trends[i]!, bend: bends[i]! } }));
}
