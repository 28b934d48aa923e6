import { expect } from 'chai';
import { stressTest, type StressCase } from '../../../analysis/stress/stress-test.js';
import { summaryOf } from '../../../analysis/stress/summary.js';
import { csrFromDense } from '../../../market/contagion/csr.js';
import { channels } from '../../../market/contagion/index.js';
import { expectClose } from '../../close.js';

/** A lends 10 to B; B alone holds bonds. A: 100 = 10 equity; B: 100 = 5 equity. */
const given = (shock: Record<string, number>, over: Partial<StressCase> = {}): StressCase => ({
  book: {
    ids: ['A', 'B'],
    assets: ['bonds'],
    equity: Float64Array.of(10, 5),
    cash: Float64Array.of(10, 10),
    other: Float64Array.of(90, 50),
    holdings: [[0], [40]],
  },
  exposures: csrFromDense([
    [0, 10],
    [0, 0],
  ]),
  terms: { shock, priceImpact: 0.05, leverageCap: 1000 },
  channels: { clearing: channels.clearing },
  ...over,
});

describe('stress test of a book', () => {
  it('passes to the lender what the borrower cannot pay, by hand', () => {
    // Bonds lose 40%: B loses 16 of 5, so 84 of its 95 of debt is paid: A loses 10 · 11/95.
    const { banks, system } = summaryOf(stressTest(given({ bonds: -0.4 })));
    expect(system.defaulted).to.deep.equal(['B']);
    expectClose([banks[0]!.lossByChannel['clearing']!, banks[1]!.directLoss], [110 / 95, 16], 1e-12);
    expectClose([system.shortfall, banks[1]!.equityAfter], [11, -11], 1e-12);
  });

  it('takes claims out of other before other falls', () => {
    // A's other is 80 once its claim of 10 is taken out; B's is 50.
    const { banks } = summaryOf(stressTest(given({ other: -0.05 })));
    expectClose(
      banks.map((b) => b.directLoss),
      [4, 2.5],
      1e-12,
    );
  });

  it('says that contagion is self-fulfilling where the worst solution is another', () => {
    const sale = {
      channels: { 'fire-sale': channels['fire-sale'] },
      exposures: csrFromDense([
        [0, 0],
        [0, 0],
      ]),
    };
    const terms = { shock: { bonds: -0.05 }, priceImpact: 0.05, leverageCap: 40 };
    const test = stressTest(given({}, { ...sale, terms }));
    const summary = summaryOf(test);
    expect(summary.selfFulfilling).to.equal(true);
    expect(summary.worst.loss).to.be.greaterThan(summary.system.loss);
    expect(summary.worst.prices['bonds']!).to.be.lessThan(summary.system.prices['bonds']!);
  });

  it('adds up: the direct loss and those by channel are the loss', () => {
    const both = { clearing: channels.clearing, 'fire-sale': channels['fire-sale'] };
    const terms = { shock: { bonds: -0.1 }, priceImpact: 0.05, leverageCap: 30 };
    for (const bank of summaryOf(stressTest(given({}, { channels: both, terms }))).banks) {
      const parts = Object.values(bank.lossByChannel).reduce((a, b) => a + b, bank.directLoss);
      expectClose([parts], [bank.loss], 1e-12);
    }
  });
});
