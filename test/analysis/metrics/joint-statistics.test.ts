import { expect } from 'chai';
import { curvatureT, jointStatistics } from '../../../analysis/metrics/joint-statistics.js';
import { measures } from '../../../cli/measures.js';
import type { RunData } from '../../../analysis/run-data.js';
import { stream } from '../../../core/random.js';
import { syntheticRun } from '../synthetic-run.js';

/** A made-up run with given daily columns after a warm-up of `warmUp` days. */
function withDays(columns: Record<string, (t: number) => number>): RunData {
  const run = syntheticRun();
  const days = run.tables.days!;
  const n = (days['day'] as Int32Array).length;
  const made = Object.fromEntries(
    Object.entries(columns).map(([name, of]) => [name, Float64Array.from({ length: n }, (_, t) => of(t))]),
  );
  return { ...run, tables: { ...run.tables, days: { ...days, ...made } } };
}
const every = (length: number): Int32Array => Int32Array.from({ length }, (_, i) => i);

describe('statistics of several daily measures', () => {
  it('curvature and its t are those of herdscope measure csad', () => {
    const draw = stream({ seed: 3, purpose: 'test' });
    const rows = Array.from({ length: 400 }, () => Array.from({ length: 4 }, () => draw.normal()));
    const market = rows.map((row) => row.reduce((a, b) => a + b, 0) / 4);
    const csad = rows.map((row, t) => row.reduce((a, r) => a + Math.abs(r - market[t]!), 0) / 4);
    const run = withDays({ csad: (t) => csad[t]!, equalReturn: (t) => market[t]! });
    const first = run.scenario.warmUp + 1;
    const kept = rows.slice(first, (run.tables.days!['day'] as Int32Array).length);
    const { coefficients, tStatistics } = measures['csad']!.compute({ returns: kept, lags: 5 } as never) as {
      coefficients: number[];
      tStatistics: number[];
    };
    expect(jointStatistics(run)['csadCurvature']!.statistic(every(kept.length))).closeTo(
      coefficients[2]!,
      1e-9,
    );
    expect(curvatureT(run)['csadCurvatureT']!.value).closeTo(tStatistics[2]!, 1e-9);
  });

  it('errors are homogenized by 1 where institutions err independently, by more where together', () => {
    const draw = stream({ seed: 5, purpose: 'test' });
    const errors = (shared: number) => {
      const F = Array.from({ length: 400 }, () => {
        const common = draw.uniform() < 0.5;
        return Array.from({ length: 20 }, () =>
          draw.uniform() < shared ? common : draw.uniform() < 0.5,
        ).filter(Boolean).length;
      });
      const run = withDays({
        errorShare: (t) => F[t]! / 20,
        jointErrorShare: (t) => (F[t]! * (F[t]! - 1)) / (20 * 19),
      });
      return jointStatistics(run)['errorHomogenization']!.statistic(every(150));
    };
    expect(errors(0)).closeTo(1, 0.05);
    // Both wrong: ½ · ½ + ½ · ¼ · ... = P(both) = 0.5 s² + 0.25 (1 − s²), over ¼.
    expect(errors(0.6)).closeTo((0.5 * 0.36 + 0.25 * 0.64) / 0.25, 0.15);
  });

  it('stress compresses by one less the ratio of dispersions', () => {
    const run = withDays({
      regime: (t) => t % 2,
      forecastDispersion: (t) => (t % 2 === 1 ? 0.3 : 0.4),
    });
    expect(jointStatistics(run)['stressCompression']!.statistic(every(100))).closeTo(0.25, 1e-12);
  });
});
