import { expect } from 'chai';
import { boundAndOthers, forgonePurchases, mandateMetrics } from '../../../analysis/metrics/mandates.js';
import { mandatesSection } from '../../../analysis/report/sections/mandates.js';
import type { RunData } from '../../../analysis/run-data.js';
import { skillColumns } from '../../../core/skill.js';
import { smallScenario } from '../../small-run.js';

/** Two institutions of a small run, of which a mandate moves the first on day 4 (warm-up 2). */
const run = (mandates: object[] = [{ kind: 'architecture-cap', maxShare: 0.6 }]): RunData => {
  const rows = [
    [3, 0, 2, 1],
    [3, 1, 2, -1],
    [5, 0, 2, -1],
    [5, 1, 2, 1],
  ] as const;
  // Sums over two forecasts of 1 and -1 whose outcomes are s and -s: a correlation of s.
  const sums = ([, , n, s]: readonly number[]): Record<string, number> => ({
    n: n!,
    f: 0,
    y: 0,
    g: 0,
    ff: 2,
    yy: 2,
    gg: 2,
    fy: 2 * s!,
    gy: 0,
  });
  return {
    scenario: smallScenario({ mandates }),
    roster: ['bank-01', 'bank-02'].map((id) => ({ id, type: 'bank', architecture: 'mlp' })),
    tables: {
      skill: {
        day: Int32Array.from(rows, (r) => r[0]),
        institution: Int32Array.from(rows, (r) => r[1]),
        ...Object.fromEntries(skillColumns.map((c) => [c, Float64Array.from(rows, (r) => sums(r)[c]!)])),
      },
      fills: {
        day: Int32Array.of(3, 5, 5),
        institution: Int32Array.of(0, 0, 1),
        units: Float64Array.of(2, -4, 1),
        price: Float64Array.of(10, 10, 10),
      },
      assets: {
        day: Int32Array.of(5, 5),
        asset: Int32Array.of(0, 1),
        price: Float64Array.of(50, 20),
      },
      institutions: {
        day: Int32Array.of(3, 3, 5, 5),
        institution: Int32Array.of(0, 1, 0, 1),
        assetsUsd: Float32Array.of(100, 50, 100, 50),
      },
    },
    notices: [
      {
        day: 0,
        kind: 'moved',
        columns: {
          institution: ['bank-02'],
          from: ['macro'],
          to: ['none'],
          mandate: ['source-cap'],
          energyKwh: [0],
          costUsd: [0],
          reason: [''],
        },
      },
      {
        day: 4,
        kind: 'moved',
        columns: {
          institution: ['bank-01'],
          from: ['mlp'],
          to: ['linear'],
          mandate: ['architecture-cap'],
          energyKwh: [0.5],
          costUsd: [120],
          reason: ['drawn by lot'],
        },
      },
      {
        day: 5,
        kind: 'amended',
        columns: {
          institution: ['bank-01', 'bank-02'],
          asset: ['bonds', 'shares'],
          from: [10, 3],
          to: [4, 0],
          reason: ['institutions may hold at most 0.3 of an asset together', 'would sell more than it holds'],
        },
      },
      { day: 4, kind: 'unmet-mandate', columns: { mandate: ['architecture-cap'], reason: ['too large'] } },
    ],
    command: '',
    version: '0',
  };
};

describe('what mandates cost', () => {
  it('counts changes of architecture, sources withdrawn and purchases cut, each on its own', () => {
    const found = mandateMetrics(run());
    expect(Object.fromEntries(Object.entries(found).map(([name, { value }]) => [name, value]))).deep.equal({
      mandatesInForce: 1,
      mandateMoves: 1,
      mandateCostUsd: 120,
      retrainingKwh: 0.5,
      mandateWithdrawals: 1,
      mandateForgoneUsd: 120,
    });
    expect(forgonePurchases(run())).deep.equal([{ day: 5, institution: 'bank-01', usd: 120 }]);
  });

  it('sets skill and turnover of those named beside all others, and before where there was a before', () => {
    const one = (value: number) => ({ value, interval: null });
    const group = (skill: number, turnover: number) => ({
      institutions: 1,
      skill: one(skill),
      turnover: one(turnover),
    });
    const moved = {
      ...run(),
      notices: run().notices.filter(({ day, kind }) => day > 0 && kind !== 'amended'),
    };
    expect(boundAndOthers(moved)).deep.equal({
      since: 4,
      bound: { before: group(1, 0.1), after: group(-1, 0.2) },
      others: { before: group(-1, 0), after: group(1, 0.1) },
    });
    const all = boundAndOthers(run())!;
    expect(all.since).equal(3);
    expect([all.bound.before, all.bound.after.institutions, all.others.after.institutions]).deep.equal([
      undefined,
      2,
      0,
    ]);
    expect(boundAndOthers({ ...run(), notices: [] })).equal(null);
  });

  it('gives intervals over stretches of the run where it is long enough', () => {
    const days = 200;
    const every = Int32Array.from({ length: days }, (_, d) => d + 3);
    const ones = new Float64Array(days).fill(1);
    const traded = Float64Array.from({ length: days }, (_, d) => 1 + (d % 7));
    const { tables } = run();
    const long: RunData = {
      ...run(),
      tables: {
        ...tables,
        fills: { day: every, institution: new Int32Array(days), units: traded, price: ones },
        institutions: {
          day: every,
          institution: new Int32Array(days),
          assetsUsd: new Float32Array(days).fill(100),
        },
      },
    };
    const { value, interval } = boundAndOthers(long)!.bound.after.turnover;
    expect(value).closeTo(0.02, 1e-3);
    expect(interval![0]).below(value).and.above(0.018);
    expect(interval![1]).above(value).and.below(0.022);
  });

  it('is a section of the report where there are mandates', () => {
    const [section] = mandatesSection(run());
    const page = String(section!.body);
    expect(page)
      .contain('architecture-cap')
      .and.contain('$120')
      .and.contain('0.500')
      .and.contain('all others');
    expect(page).contain('worth $120 of 1 institution were cut on');
    const undone = {
      day: 4,
      kind: 'unmet-mandate',
      columns: { mandate: ['combination'], reason: [''] },
    } as const;
    expect(String(mandatesSection({ ...run(), notices: [undone] })[0]!.body)).contain('combination');
    expect(mandatesSection(run([]))).deep.equal([]);
  });
});
