import { expect } from 'chai';
import { livedByType } from '../../../analysis/back-test/lived.js';
import type { RunData } from '../../../analysis/run-data.js';
import type { PriceHistory } from '../../../core/back-test.js';
import { expectClose } from '../../close.js';

/** Two assets on days 0 to 2. */
const history = {
  assets: [{ id: 'a' }, { id: 'b' }],
  dates: ['d0', 'd1', 'd2'],
  calendar: Int32Array.of(0, 1, 2),
  prices: Float64Array.of(10, 5, 11, 5, 12, 4),
} as unknown as PriceHistory;

/** Fund 0 has 10 of a and 100 in cash, on day 1 sells 2 at 10.5 for a cost of 1; on day 2 pays 3 of tax. Fund 1 has 20 of b, and
 * is out of business from day 1 on. The bank has nothing but debt. */
const run = {
  roster: [
    { id: 'bank-01', type: 'bank', architecture: 'mlp' },
    { id: 'fund-01', type: 'fund', architecture: 'mlp' },
    { id: 'fund-02', type: 'fund', architecture: 'mlp' },
  ],
  tables: {
    institutions: {
      day: Int32Array.of(0, 0, 0, 1, 1, 1, 2, 2, 2),
      institution: Int32Array.of(0, 1, 2, 0, 1, 2, 0, 1, 2),
      active: Int32Array.of(1, 1, 1, 1, 1, 0, 1, 1, 0),
      cash: Float64Array.of(-5, 100, 0, -5, 120, 0, -5, 117, 0),
    },
    positions: {
      day: Int32Array.of(0, 0, 1, 2),
      institution: Int32Array.of(1, 2, 1, 1),
      asset: Int32Array.of(0, 1, 0, 0),
      units: Float64Array.of(10, 20, 8, 8),
    },
    fills: {
      day: Int32Array.of(1),
      institution: Int32Array.of(1),
      asset: Int32Array.of(0),
      units: Float64Array.of(-2),
      price: Float64Array.of(10.5),
    },
    payments: {
      day: Int32Array.of(1, 1, 2),
      from: Int32Array.of(1, 3, 1),
      to: Int32Array.of(3, 1, 3),
      kind: ['trading-cost', 'trading-cost', 'gains-tax'],
      amount: Float64Array.of(1, 50, 3),
    },
  },
} as unknown as RunData;

describe('what institutions of a run made of their books', () => {
  const lived = (cashRate = 0) => livedByType(run, history, { days: [0, 1, 2], first: 1, last: 2 }, cashRate);
  const [bank, fund] = lived();

  it('one account a type, of its members’ mean returns after costs and tax', () => {
    expect([bank!.name, fund!.name]).to.deep.equal(['institutions:bank', 'institutions:fund']);
    // Day 1: fund 0 gains 10 on what it held, loses 2 · 0.5 to the close, pays 1, of 200; fund 1 gains nothing.
    const first = (10 - 1 - 1) / 200 / 2;
    // Day 2: 8 on 8 units, less 3 of tax, of 120 + 88; fund 1 is gone.
    const second = (8 - 3) / 208;
    expectClose(fund!.plain.wealth, [1 + first, (1 + first) * (1 + second)], 1e-15);
    expectClose(fund!.plain.turnover, [21 / 200 / 2, 0], 1e-15);
    expectClose(fund!.plain.cost, [1 / 200 / 2, 0], 1e-15);
    expect(fund!.plain.taxed).to.be.closeTo(3 / 208, 1e-15);
  });

  it('weights are of what was held at the close', () => {
    expectClose(fund!.plain.weights, [88 / 200 / 2, 0, 96 / 208, 0], 1e-15);
  });

  it('cash earns what it earns in back-tests', () => {
    const [, earning] = lived(0.252);
    const [before, after] = [fund!.plain.wealth[0]!, earning!.plain.wealth[0]!];
    expect(after - before).to.be.closeTo((100 * 0.001) / 200 / 2, 1e-15);
  });

  it('a book that is worth nothing counts for nothing', () => {
    expectClose(bank!.plain.wealth, [1, 1], 0);
  });
});
