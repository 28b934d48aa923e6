import { expect } from 'chai';
import { oversightMetrics } from '../../../analysis/metrics/oversight.js';
import type { DatedNotice } from '../../../analysis/run-data.js';
import { syntheticRun } from '../synthetic-run.js';

const waits = (day: number, asset: string, valueUsd: number): DatedNotice => ({
  day,
  kind: 'waits',
  columns: { institution: ['bank-01'], asset: [asset], valueUsd: [valueUsd] },
});
const verdict = (
  day: number,
  placed: number,
  asset: string,
  approved: number,
  costUsd: number,
): DatedNotice => ({
  day,
  kind: 'verdict',
  columns: {
    institution: ['bank-01'],
    asset: [asset],
    placed: [placed],
    approved: [approved],
    waitedDays: [day - placed],
    costUsd: [costUsd],
  },
});

const valuesOf = (notices: readonly DatedNotice[]): Record<string, number | null> => {
  const run = syntheticRun();
  const { warmUp } = run.scenario;
  const later = notices.map((notice) => ({
    ...notice,
    day: notice.day + warmUp,
    columns: Object.fromEntries(
      Object.entries(notice.columns).map(([name, values]) => [
        name,
        name === 'placed' ? values.map((v) => Number(v) + warmUp) : values,
      ]),
    ),
  }));
  return Object.fromEntries(
    Object.entries(oversightMetrics({ ...run, notices: later })).map(([name, { value }]) => [name, value]),
  );
};

describe('what approval costs', () => {
  it('adds up costs of approved orders, in USD and over their value, and what rejected ones forwent', () => {
    expect(
      valuesOf([
        waits(1, 'gold', 1000),
        waits(1, 'crypto', 200),
        waits(2, 'bonds', 50),
        verdict(3, 1, 'gold', 1, 30),
        verdict(4, 1, 'crypto', 1, -18),
        verdict(4, 2, 'bonds', 0, -7),
      ]),
    ).to.deep.equal({
      ordersWaited: 3,
      ordersRejected: 1,
      daysWaited: 7 / 3,
      waitingCostUsd: 12,
      waitingCostShare: 0.01,
      forgoneUsd: -7,
    });
  });

  it('leaves out the warm-up, and is nothing where nobody oversees', () => {
    const none = {
      ordersWaited: 0,
      ordersRejected: 0,
      daysWaited: null,
      waitingCostUsd: 0,
      waitingCostShare: null,
      forgoneUsd: 0,
    };
    expect(valuesOf([])).to.deep.equal(none);
    expect(valuesOf([waits(-3, 'gold', 10), verdict(0, -3, 'gold', 1, 5)])).to.deep.equal(none);
  });
});
