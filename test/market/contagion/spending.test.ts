import { expect } from 'chai';
import { csrFromDense, denseFromCsr } from '../../../market/contagion/csr.js';
import { channels } from '../../../market/contagion/index.js';
import { contagionLoss } from '../../../market/contagion/relief.js';
import { afterSpending, policies, rankPathways } from '../../../market/contagion/spending.js';
import { stressSystem } from '../../../market/contagion/stress-system.js';
import { tools, type ToolName } from '../../../market/contagion/tools.js';

/** Bank 0 will lose 12 of its 10; bank 1 lent it 8 and has 5; bank 2 lent bank 1 6 and has 4. */
const chain = stressSystem({
  equity: Float64Array.of(10, 5, 4),
  cash: Float64Array.of(3, 3, 3),
  otherAssets: Float64Array.of(30, 20, 20),
  exposures: csrFromDense([
    [0, 0, 0],
    [8, 0, 0],
    [0, 6, 0],
  ]),
  directLosses: Float64Array.of(12, 0, 0),
});
const cascade = { cascade: channels.cascade };
const capital: readonly ToolName[] = ['capital-injection'];

describe('spending on pathways', () => {
  it('saves by hand: 2.1 of capital at the root saves both claims, 3.1 at the second bank one', () => {
    expect(contagionLoss(chain, cascade)).to.equal(14);
    const at = (budget: number) => rankPathways(chain, cascade, { budget, tools: capital });
    expect(at(2.1)[0]).to.deep.include({ target: [0], spent: 2.1 });
    expect(at(2.1)[0]!.relief).to.be.closeTo(14 / 2.1, 1e-12);
    expect(at(1)[0]!.relief).to.equal(0);
    const second = at(3.1).find(({ target }) => target[0] === 1)!;
    expect(second.relief).to.be.closeTo(6 / 3.1, 1e-12);
  });

  it('an exposure cap moves cash and claim, no more than the borrower has', () => {
    const cap = tools['exposure-cap'];
    expect(cap.targets(chain)).to.deep.equal([
      [1, 0],
      [2, 1],
    ]);
    expect(cap.most(chain, [1, 0])).to.equal(3);
    const after = cap.spend(chain, [1, 0], 3);
    expect(denseFromCsr(after.exposures)[1]).to.deep.equal([5, 0, 0]);
    expect([...after.cash]).to.deep.equal([0, 6, 3]);
    // With 5 lost of 5 bank 1 still fails; at 2.9 less it would not.
    expect(contagionLoss(after, cascade)).to.equal(11);
  });

  it('every policy keeps to its budget, and marginal spending is never beaten here', () => {
    for (const budget of [1, 2.5, 4, 8]) {
      const left = Object.entries(policies).map(([name, policy]) => {
        const made = policy(chain, cascade, { budget, tools: capital, parts: 8 });
        expect(
          made.reduce((sum, { spent }) => sum + spent, 0),
          name,
        ).to.be.at.most(budget + 1e-12);
        return [name, contagionLoss(afterSpending(chain, made), cascade)] as const;
      });
      const best = Object.fromEntries(left)['marginal']!;
      for (const [name, loss] of left) expect(best, `${name} at ${budget}`).to.be.at.most(loss + 1e-12);
    }
  });

  it('every policy keeps to its budget where a target takes less than it is offered', () => {
    // Eleven claims of 1.4 on a bank that fails for certain: offered two parts of 1, each takes 1.4.
    const lenders = stressSystem({
      equity: new Float64Array(12).fill(5),
      cash: new Float64Array(12).fill(50),
      exposures: csrFromDense(
        Array.from({ length: 12 }, (_, i) =>
          Array.from({ length: 12 }, (_, j) => (i > 0 && j === 0 ? 1.4 : 0)),
        ),
      ),
      directLosses: Float64Array.from({ length: 12 }, (_, i) => (i === 0 ? 1000 : 0)),
    });
    for (const [name, policy] of Object.entries(policies)) {
      const made = policy(lenders, cascade, { budget: 8, tools: ['exposure-cap'], parts: 8 });
      const spent = made.reduce((sum, one) => sum + one.spent, 0);
      expect(spent, name).to.be.closeTo(8, 1e-9);
      expect(contagionLoss(afterSpending(lenders, made), cascade), name).to.be.closeTo(11 * 1.4 - 8, 1e-9);
    }
  });

  it('relief and liquidity help a forced seller, capital a failing bank', () => {
    const seller = stressSystem({
      equity: Float64Array.of(10, 10),
      holdings: csrFromDense([[120], [40]]),
      impact: [(q: number) => Math.max(0, 1 - q / 20000)],
      shock: Float64Array.of(-0.02),
      leverageCap: 12,
    });
    const sale = { 'fire-sale': channels['fire-sale'] };
    const before = contagionLoss(seller, sale);
    const after = (name: ToolName) => contagionLoss(tools[name].spend(seller, [0], 3), sale);
    expect(after('collateral-relief')).to.be.below(before);
    expect(after('capital-injection')).to.be.below(before);
    // A loan adds to assets and debt alike: it lowers no leverage, but it meets a withdrawal without a sale.
    expect(after('liquidity-injection')).to.be.closeTo(before, 1e-12);
    const run = { ...seller, shock: Float64Array.of(0), directWithdrawals: Float64Array.of(3, 0) };
    expect(contagionLoss(run, sale)).to.be.above(0);
    expect(contagionLoss(tools['liquidity-injection'].spend(run, [0], 3), sale)).to.equal(0);
    expect(tools['collateral-relief'].most(chain, [0]), 'without a cap there is none to raise').to.equal(0);
  });
});
