import { dayStatistics, type Metrics } from '../metrics.js';
import { blockBootstrap } from '../metrics/block-bootstrap.js';
import type { Metric, MetricLabel } from '../metrics/metric.js';
import { differences, type Difference } from '../report/differences.js';
import type { RunData } from '../run-data.js';

/** One of two runs that are compared. */
export interface Side {
  readonly run: RunData;
  readonly metrics: Metrics;
}

/** A measure of two runs. */
export interface MetricPair extends Pick<MetricLabel, 'label' | 'unit'> {
  readonly name: string;
  readonly a: Pick<Metric, 'value' | 'interval'> | null;
  readonly b: Pick<Metric, 'value' | 'interval'> | null;
  /** b less a; null where one side is undefined. */
  readonly difference: number | null;
  /** Of the difference, days paired; null where they are not, or where days are no sample. */
  readonly interval: readonly [number, number] | null;
}

export interface RunComparison {
  /** Keys of the scenarios that differ: `otherwise` in a, `value` in b. */
  readonly scenario: readonly Difference[];
  /** Why days are not paired; null where they are. */
  readonly unpaired: string | null;
  readonly metrics: readonly MetricPair[];
}

/** Days are pairs where both runs drew the same noise for the same days. */
function whyUnpaired({ run: a, metrics: of }: Side, { run: b, metrics: other }: Side): string | null {
  if (a.scenario.seed !== b.scenario.seed) return 'the seeds differ';
  const [one, two] = [of.sample, other.sample];
  return one.firstDay === two.firstDay && one.days === two.days ? null : 'the measured days differ';
}

type Intervals = Readonly<Record<string, readonly [number, number] | null>>;

/** Intervals of the differences, both runs resampled at the same days. */
function pairedIntervals(a: Side, b: Side): Intervals {
  const [before, after] = [dayStatistics(a.run), dayStatistics(b.run)];
  const common = Object.keys(before).filter((name) => after[name] !== undefined);
  const { level, replications, blockDays } = a.metrics.intervals;
  return blockBootstrap(
    Object.fromEntries(
      common.map((name) => [name, (at: Int32Array) => after[name]!(at) - before[name]!(at)]),
    ),
    {
      seed: a.run.scenario.seed,
      purpose: 'compare-days',
      length: a.metrics.sample.days,
      blockLength: blockDays,
      replications,
      level,
    },
  );
}

const shownOf = (metric: Metric | undefined): MetricPair['a'] =>
  metric ? { value: metric.value, interval: metric.interval } : null;

function pairOf(name: string, a: Side, b: Side, intervals: Intervals): MetricPair {
  const [before, after] = [a.metrics.measures[name], b.metrics.measures[name]];
  const { label, unit } = (before ?? after)!;
  const defined = before?.value != null && after?.value != null;
  return {
    name,
    label,
    unit,
    a: shownOf(before),
    b: shownOf(after),
    difference: defined ? after.value - before.value : null,
    interval: defined ? (intervals[name] ?? null) : null,
  };
}

/** What differs between two runs: settings, and every measure.
 * @formula b − a, with the circular block bootstrap of both runs at the same days where seed and days are the same
 * @pitfall two runs are two paths of one seed: the interval says how the difference varies over stretches of
 *          them, not over seeds; compare sweeps for that
 */
export function compareRuns(a: Side, b: Side): RunComparison {
  const unpaired = whyUnpaired(a, b);
  const intervals = unpaired === null ? pairedIntervals(a, b) : {};
  const names = new Set([...Object.keys(a.metrics.measures), ...Object.keys(b.metrics.measures)]);
  return {
    scenario: differences(b.run.scenario, a.run.scenario),
    unpaired,
    metrics: [...names].map((name) => pairOf(name, a, b, intervals)),
  };
}
