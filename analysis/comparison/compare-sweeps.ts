import { differences, type Difference } from '../report/differences.js';
import { benjaminiHochberg } from '../statistics/benjamini-hochberg.js';
import { holm } from '../statistics/holm.js';
import { pairedDifference, type PairedDifference } from '../statistics/paired-difference.js';
import type { SweepData, SweepRow } from '../sweep/sweep-data.js';

/** A measure at a point that two sweeps share. */
export interface SweepDifference extends PairedDifference {
  readonly metric: string;
  readonly label: string;
  /** Means over the seeds that both have. */
  readonly a: number;
  readonly b: number;
  /** Two-sided p-values over all differences that are tested. */
  readonly holm: number;
  readonly benjaminiHochberg: number;
}

/** A key that differs in the same way at some points. */
export interface PointsDifference extends Difference {
  readonly labels: readonly string[];
}

/** One of two sweeps that are compared. */
export interface SweepSide {
  readonly sweep: SweepData;
  /** By point; where they are not at hand, what the sweep set is compared. */
  readonly scenarios?: readonly unknown[] | undefined;
}

/** Names of two runs of one scenario and seed. */
export interface RunPair {
  readonly a: string;
  readonly b: string;
}

export interface SweepComparison {
  /** Keys of the plans that differ, points apart: `otherwise` in a, `value` in b. */
  readonly plan: readonly Difference[];
  /** What differs in the scenarios of points of the same label, and at which. */
  readonly scenario: readonly PointsDifference[];
  /** Labels that both have. */
  readonly common: readonly string[];
  /** Labels that only one of them has. */
  readonly onlyA: readonly string[];
  readonly onlyB: readonly string[];
  /** Runs of one scenario and seed whose records differ: they were not reproduced. */
  readonly parted: readonly RunPair[];
  /** Runs of one scenario and seed whose records are the same. */
  readonly equalRuns: number;
  readonly effects: readonly SweepDifference[];
}

interface Pair {
  readonly label: string;
  /** Places in the plans. */
  readonly a: number;
  readonly b: number;
}

/** Labels of a plan, told apart where two points have the same. */
function labelsOf({ plan }: SweepData): string[] {
  const seen = new Map<string, number>();
  return plan.points.map(({ label }) => {
    const times = (seen.get(label) ?? 0) + 1;
    seen.set(label, times);
    return times === 1 ? label : `${label} (${times})`;
  });
}

const bySeed = ({ rows }: SweepData, point: number): Map<number, SweepRow> =>
  new Map(rows.filter((row) => row.point === point).map((row) => [row.seed, row]));

const meanOf = (values: Float64Array): number => values.reduce((a, b) => a + b, 0) / values.length;

function differenceAt(a: SweepData, b: SweepData, pair: Pair, metric: string) {
  const [before, after] = [bySeed(a, pair.a), bySeed(b, pair.b)];
  const valueOf = (row: SweepRow | undefined): number => row?.metrics[metric] ?? NaN;
  const seeds = [...before.keys()].filter(
    (seed) => after.has(seed) && Number.isFinite(valueOf(before.get(seed)) + valueOf(after.get(seed))),
  );
  const [x, y] = [before, after].map((rows) =>
    Float64Array.from(seeds, (seed) => valueOf(rows.get(seed))),
  ) as [Float64Array, Float64Array];
  const address = { seed: 0, purpose: 'compare-bootstrap', entity: `${metric} ${pair.label}` };
  return { ...pairedDifference(x, y, address), metric, label: pair.label, a: meanOf(x), b: meanOf(y) };
}

/** All differences of the measures that either sweep tests, adjusted as one family. */
function effectsOf(a: SweepData, b: SweepData, pairs: readonly Pair[]): SweepDifference[] {
  const tested = [...new Set([...a.plan.metrics, ...b.plan.metrics])].filter(
    (metric) => a.labels[metric] && b.labels[metric],
  );
  const raw = tested.flatMap((metric) => pairs.map((pair) => differenceAt(a, b, pair, metric)));
  const pValues = raw.map(({ pValue }) => pValue);
  const [strict, loose] = [holm(pValues), benjaminiHochberg(pValues)];
  return raw.map((effect, i) => ({ ...effect, holm: strict[i]!, benjaminiHochberg: loose[i]! }));
}

/** What differs between the scenarios of a pair, or between what the sweeps set where scenarios are not at hand. */
function scenarioDifference(a: SweepSide, b: SweepSide, pair: Pair): Difference[] {
  const whole = a.scenarios !== undefined && b.scenarios !== undefined;
  const at = ({ sweep, scenarios }: SweepSide, point: number): unknown =>
    whole ? scenarios![point] : sweep.plan.points[point]!.settings;
  return differences(at(b, pair.b), at(a, pair.a));
}

/** Each way of differing once, with the points that differ so. */
function gathered(pairs: readonly Pair[], found: readonly Difference[][]): PointsDifference[] {
  const ways = new Map<string, PointsDifference>();
  pairs.forEach(({ label }, p) => {
    for (const difference of found[p]!) {
      const key = JSON.stringify(difference);
      ways.set(key, { ...difference, labels: [...(ways.get(key)?.labels ?? []), label] });
    }
  });
  return [...ways.values()];
}

/** Rows of one scenario and seed: of one run's name, which holds the scenario's hash, or of scenarios that differ in
 * their name alone. */
function sameRuns(a: SweepSide, b: SweepSide, pair: Pair): [SweepRow, SweepRow][] {
  const renamed =
    a.scenarios !== undefined &&
    b.scenarios !== undefined &&
    scenarioDifference(a, b, pair).every(({ path }) => path === 'name');
  const others = bySeed(b.sweep, pair.b);
  return [...bySeed(a.sweep, pair.a)].flatMap(([seed, row]): [SweepRow, SweepRow][] => {
    const other = others.get(seed);
    return other && (renamed || other.run === row.run) ? [[row, other]] : [];
  });
}

const withoutPoints = ({ plan, version }: SweepData): object => ({ version, ...plan, points: null });

/** What differs between two sweeps: plan, settings of points of the same label, and every tested measure.
 * @formula mean over common seeds of b − a, by point, with Student's and bootstrap intervals; Holm and
 *          Benjamini-Hochberg over all of them
 * @pitfall points are matched by label, replications by seed: what only one side has is left out and named
 */
export function compareSweeps(sideA: SweepSide, sideB: SweepSide): SweepComparison {
  const [{ sweep: a }, { sweep: b }] = [sideA, sideB];
  const [before, after] = [labelsOf(a), labelsOf(b)];
  const pairs = before.flatMap((label, at): Pair[] => {
    const other = after.indexOf(label);
    return other < 0 ? [] : [{ label, a: at, b: other }];
  });
  const same = pairs.flatMap((pair) => sameRuns(sideA, sideB, pair));
  const parted = same.filter(([one, other]) => one.chain !== other.chain);
  return {
    plan: differences(withoutPoints(b), withoutPoints(a)),
    scenario: gathered(
      pairs,
      pairs.map((pair) => scenarioDifference(sideA, sideB, pair)),
    ),
    common: pairs.map(({ label }) => label),
    onlyA: before.filter((label) => !after.includes(label)),
    onlyB: after.filter((label) => !before.includes(label)),
    parted: parted.map(([one, other]) => ({ a: one.run, b: other.run })),
    equalRuns: same.length - parted.length,
    effects: effectsOf(a, b, pairs),
  };
}
