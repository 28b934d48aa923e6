import { expect } from 'chai';
import { doseResponses } from '../../../analysis/sweep/dose-response.js';
import type { SweepData } from '../../../analysis/sweep/sweep-data.js';
import { holm } from '../../../analysis/statistics/holm.js';

const label = { label: 'M', unit: 'ratio', topic: 'market', meaning: '' } as const;
const levels = [0, 0.5, 1, 2];

/** Replication r at level x: `up` rises by 3 a unit from a height of its own, `flat` is 7 always. */
const sweep: SweepData = {
  plan: {
    name: 'doses',
    question: '',
    design: 'factorial',
    fields: ['dose'],
    replications: 5,
    metrics: ['up', 'flat'],
    points: levels.map((dose) => ({ label: `dose=${dose}`, settings: { dose } })),
  },
  rows: levels.flatMap((dose, point) =>
    Array.from({ length: 5 }, (_, replication) => ({
      point,
      replication,
      seed: replication,
      run: `r-${point}-${replication}`,
      chain: '',
      metrics: { up: replication + 3 * dose, flat: 7 },
    })),
  ),
  labels: { up: label, flat: label },
  version: '0',
};

describe('dose and response', () => {
  it('gives the slope of each replication’s line, with its interval', () => {
    const [up, flat] = doseResponses(sweep);
    expect([up!.slope.value, up!.slope.n, flat!.slope.value]).deep.equal([3, 5, 0]);
    expect(up!.slope.interval![0]).closeTo(3, 1e-12);
  });

  it('adjusts trends as one family, and bends, of which a constant has none, as another', () => {
    const all = doseResponses(sweep);
    expect(all.map(({ holm: { trend } }) => trend)).deep.equal(holm(all.map(({ trend }) => trend.pValue)));
    expect(all[0]!.holm.trend).equal(2 * all[0]!.trend.pValue);
    expect([all[1]!.trend.pValue, all[1]!.bend.pValue, all[1]!.holm.bend]).deep.equal([1, NaN, NaN]);
  });
});
