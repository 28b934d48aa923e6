import { expect } from 'chai';
import { mandateMetrics, movedAndStayed } from '../../../analysis/metrics/mandates.js';
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
      { day: 4, kind: 'unmet-mandate', columns: { mandate: ['architecture-cap'], reason: ['too large'] } },
    ],
    command: '',
    version: '0',
  };
};

describe('what mandates cost', () => {
  it('counts changes of architecture, not sources withdrawn', () => {
    const found = mandateMetrics(run());
    expect(Object.values(found).map((m) => m.value)).deep.equal([1, 120, 0.5]);
  });

  it('sets skill and turnover of those moved beside those who stayed, before and after', () => {
    expect(movedAndStayed(run())).deep.equal({
      moved: {
        before: { institutions: 1, skill: 1, turnover: 0.1 },
        after: { institutions: 1, skill: -1, turnover: 0.2 },
      },
      stayed: {
        before: { institutions: 1, skill: -1, turnover: 0 },
        after: { institutions: 1, skill: 1, turnover: 0.1 },
      },
    });
  });

  it('is a section of the report where there are mandates', () => {
    const [section] = mandatesSection(run());
    const page = String(section!.body);
    expect(page).contain('architecture-cap').and.contain('$120').and.contain('0.500').and.contain('stayed');
    expect(mandatesSection(run([]))).deep.equal([]);
  });
});
