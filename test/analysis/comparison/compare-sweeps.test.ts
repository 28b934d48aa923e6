import { expect } from 'chai';
import { compareSweeps } from '../../../analysis/comparison/compare-sweeps.js';
import type { SweepData } from '../../../analysis/sweep/sweep-data.js';

/** A sweep of points by replications whose measure is given. */
const sweepOf = (
  points: Readonly<Record<string, readonly number[]>>,
  { firstSeed = 1, chain = 'c' } = {},
): SweepData => ({
  plan: {
    name: 'x',
    question: '',
    design: 'table',
    fields: ['a'],
    replications: Object.values(points)[0]!.length,
    metrics: ['m'],
    points: Object.keys(points).map((label) => ({ label, settings: { a: label } })),
  },
  rows: Object.values(points).flatMap((values, point) =>
    values.map((m, replication) => ({
      point,
      replication,
      seed: firstSeed + replication,
      run: `${Object.keys(points)[point]!}-${firstSeed + replication}`,
      chain,
      metrics: { m },
    })),
  ),
  labels: { m: { label: 'M', unit: 'ratio', topic: 'market', meaning: '' } },
  version: '1',
});

describe('compareSweeps', () => {
  it('takes paired differences at points of one label, seed by seed', () => {
    const a = sweepOf({ low: [1, 2, 3, 4], high: [0, 0, 0, 0] });
    const b = sweepOf({ other: [9, 9, 9, 9], low: [2.5, 3, 4.5, 9] }, { firstSeed: 2 });
    const { effects, onlyA, onlyB } = compareSweeps({ sweep: a }, { sweep: b });
    expect(effects).to.have.length(1);
    // Seeds 2, 3 and 4 are in both: 2.5 − 2, 3 − 3, 4.5 − 4.
    expect(effects[0]).to.include({ label: 'low', n: 3, a: 3, holm: effects[0]!.pValue });
    expect(effects[0]!.value).to.be.closeTo(1 / 3, 1e-12);
    expect([onlyA, onlyB]).to.deep.equal([['high'], ['other']]);
  });

  it('names runs of one scenario and seed whose records differ', () => {
    const a = sweepOf({ low: [1, 2] });
    const same = compareSweeps({ sweep: a }, { sweep: a });
    expect([same.equalRuns, same.parted]).to.deep.equal([2, []]);
    const apart = compareSweeps({ sweep: a }, { sweep: sweepOf({ low: [1, 2] }, { chain: 'd' }) });
    expect(apart.parted).to.deep.equal([
      { a: 'low-1', b: 'low-1' },
      { a: 'low-2', b: 'low-2' },
    ]);
  });

  it('compares whole scenarios where both are at hand, and gathers what differs alike', () => {
    const a = sweepOf({ p: [1, 2], q: [1, 2] });
    const scenarios = (days: number) => [0, 1].map((x) => ({ days, x }));
    const { scenario } = compareSweeps(
      { sweep: a, scenarios: scenarios(5) },
      { sweep: a, scenarios: scenarios(6) },
    );
    expect(scenario).to.deep.equal([{ path: 'days', value: 6, otherwise: 5, labels: ['p', 'q'] }]);
  });
});
