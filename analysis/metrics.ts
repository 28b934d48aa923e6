import { blockBootstrap, type Resampling, type Statistic } from './metrics/block-bootstrap.js';
import { dailyMeans, extremeDay, meanOfDefined } from './metrics/daily-means.js';
import { curvatureT, jointStatistics } from './metrics/joint-statistics.js';
import { metric, type Metric, type MetricMap } from './metrics/metric.js';
import { mandateMetrics } from './metrics/mandates.js';
import { oversightMetrics } from './metrics/oversight.js';
import { returnStatistics } from './metrics/return-statistics.js';
import { skillMetrics } from './metrics/skill.js';
import { tallies } from './metrics/tallies.js';
import { privacyMetrics } from './metrics/privacy.js';
import { trainingMetrics } from './metrics/training.js';
import { daily, firstMeasuredDay, type RunData } from './run-data.js';

/** The published numbers of one run: what metrics.json holds. */
export interface Metrics {
  readonly run: {
    readonly name: string;
    readonly seed: number;
    readonly version: string;
    readonly institutions: number;
    readonly assets: number;
  };
  /** Days after the warm-up, on which everything is measured. */
  readonly sample: { readonly firstDay: number; readonly lastDay: number; readonly days: number };
  readonly intervals: {
    readonly method: string;
    readonly level: number;
    readonly replications: number;
    readonly blockDays: number;
  };
  readonly measures: MetricMap;
}

const bootstrap = { level: 0.95, replications: 500, blockDays: 20 };

const rangeOf = (length: number): Int32Array => Int32Array.from({ length }, (_, i) => i);

const undefinedDaily = 'it has no value on any measured day';

function dailyMetrics(
  run: RunData,
  days: Float64Array,
): Record<string, { make: (i: Metric['interval']) => Metric; statistic: Statistic }> {
  const all = rangeOf(days.length);
  const entries = Object.entries(dailyMeans).map(([name, spec]) => {
    const values = daily(run, name, firstMeasuredDay(run));
    const statistic = meanOfDefined(values);
    const extreme = extremeDay(values, days, spec.which);
    const make = (interval: Metric['interval']): Metric =>
      metric(spec, statistic(all), undefinedDaily, { interval, extreme });
    return [name, { make, statistic }] as const;
  });
  return Object.fromEntries(entries);
}

function jointMetrics(run: RunData, days: Float64Array): ReturnType<typeof dailyMetrics> {
  const all = rangeOf(days.length);
  const entries = Object.entries(jointStatistics(run)).map(([name, spec]) => {
    const make = (interval: Metric['interval']): Metric =>
      metric(spec, spec.statistic(all), undefinedDaily, { interval });
    return [name, { make, statistic: spec.statistic }] as const;
  });
  return Object.fromEntries(entries);
}

function returnMetrics(run: RunData): ReturnType<typeof dailyMetrics> {
  const returns = daily(run, 'indexReturn', firstMeasuredDay(run));
  const all = rangeOf(returns.length);
  const entries = Object.entries(returnStatistics(returns)).map(([name, spec]) => {
    const make = (interval: Metric['interval']): Metric =>
      metric(spec, spec.statistic(all), 'returns never vary after the warm-up', { interval });
    return [name, { make, statistic: spec.statistic }] as const;
  });
  return Object.fromEntries(entries);
}

const sampledMeasures = (run: RunData, days: Float64Array): ReturnType<typeof dailyMetrics> => ({
  ...returnMetrics(run),
  ...dailyMetrics(run, days),
  ...jointMetrics(run, days),
});

/** Every measure that resampling days makes sense for, as a statistic of days after the warm-up. */
export const dayStatistics = (run: RunData): Readonly<Record<string, Statistic>> =>
  Object.fromEntries(
    Object.entries(sampledMeasures(run, daily(run, 'day', firstMeasuredDay(run)))).map(
      ([name, { statistic }]) => [name, statistic],
    ),
  );

/** Sampled measures with their intervals, all from the same resamples of days. */
function sampled(
  run: RunData,
  days: Float64Array,
  resampling: Omit<Resampling, 'length' | 'purpose' | 'blockLength'>,
): MetricMap {
  const all = sampledMeasures(run, days);
  const intervals = blockBootstrap(
    Object.fromEntries(Object.entries(all).map(([name, { statistic }]) => [name, statistic])),
    { ...resampling, purpose: 'bootstrap-days', length: days.length, blockLength: bootstrap.blockDays },
  );
  return Object.fromEntries(
    Object.entries(all).map(([name, { make }]) => [name, make(intervals[name] ?? null)]),
  );
}

/** Every headline measure of a run after its warm-up, with units, and intervals where days are a sample.
 * @pitfall one run is one path: intervals say how a number would vary over stretches of this path, not over seeds
 */
export function metricsOf(run: RunData): Metrics {
  const { scenario } = run;
  const days = daily(run, 'day', firstMeasuredDay(run));
  const { level, replications, blockDays } = bootstrap;
  const resampling = { seed: scenario.seed, level, replications };
  return {
    run: {
      name: scenario.name,
      seed: scenario.seed,
      version: run.version,
      institutions: run.roster.length,
      assets: scenario.assets.length,
    },
    sample: {
      firstDay: firstMeasuredDay(run),
      lastDay: days.at(-1) ?? firstMeasuredDay(run),
      days: days.length,
    },
    intervals: { method: 'circular block bootstrap over days, percentiles', level, replications, blockDays },
    measures: {
      ...sampled(run, days, resampling),
      ...curvatureT(run),
      ...tallies(run),
      ...mandateMetrics(run),
      ...oversightMetrics(run),
      ...skillMetrics(run, resampling),
      ...trainingMetrics(run, resampling),
      ...privacyMetrics(run),
    },
  };
}
