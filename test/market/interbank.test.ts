import { expect } from 'chai';
import type { World } from '../../core/types.js';
import { dayOf, noticed, paymentsOf, threeBanks, worldWith, type Sheets } from './small-world.js';

const scenario = threeBanks({
  costs: { interestRate: 0.05 },
  contagion: { termDays: 20, renewalFloor: 0.1 },
});
const sheets: Sheets = {
  cash: [500, 500, 500],
  loans: [0, 0, 0],
  funding: [0, 300, 0],
  claims: [[0, 1, 100]],
};

/** The world on the eve of a day. */
const eve = (day: number, given: Sheets = sheets): World => ({ ...worldWith(scenario, given), day: day - 1 });

const claimPayments = (world: World): { kind: string; amount: number }[] =>
  paymentsOf(dayOf(scenario, world).facts)
    .filter(({ kind }) => kind.includes('claim'))
    .map(({ kind, amount }) => ({ kind, amount }));

describe('interbank claims', () => {
  it('pay a term of interest when due, and are renewed', () => {
    expect(claimPayments(eve(19))).to.deep.equal([]);
    const due = claimPayments(eve(20));
    expect(due.map(({ kind }) => kind)).to.deep.equal(['claim-interest']);
    expect(due[0]!.amount).to.be.closeTo((100 * 0.05 * 20) / 252, 1e-12);
    expect(dayOf(scenario, eve(20)).world.claims.face[0]).to.equal(100);
  });

  it('are called when the debtor is below the floor: its cash pays', () => {
    // Bank 1 has 500 and owes 380 and 100: its equity over assets is 0.04.
    const weak = eve(20, { ...sheets, funding: [0, 380, 0], cash: [500, 500, 500] });
    const { world, facts } = dayOf(scenario, weak);
    expect(world.claims.face[0]).to.equal(0);
    expect(world.claims.line[0], 'the line stays').to.equal(100);
    expect(noticed(facts, 'not-renewed')['amount']).to.deep.equal([100]);
    expect(noticed(facts, 'not-renewed')['leverageRatio']![0]).to.be.closeTo(0.04, 1e-12);
    const repaid = paymentsOf(facts).find(({ kind }) => kind === 'claim-repayment')!;
    expect([repaid.from, repaid.to, repaid.amount]).to.deep.equal([1, 0, 100]);
  });

  it('are made again once the debtor has recovered, as far as the lender’s cash goes', () => {
    const called: Sheets = { ...sheets, claims: [[0, 1, 100]] };
    const without = (world: World): World => ({
      ...world,
      claims: { ...world.claims, face: Float64Array.of(0) },
    });
    const rich = claimPayments(without(eve(40, called)));
    expect(rich).to.deep.equal([{ kind: 'new-claim', amount: 100 }]);
    const poor = claimPayments(without(eve(40, { ...called, cash: [60, 500, 500] })));
    expect(poor[0]!.amount).to.be.closeTo(60 * (1 + 0.05 / 252), 1e-9); // with a day of interest
    const weak = claimPayments(without(eve(40, { ...called, funding: [0, 470, 0] })));
    expect(weak).to.deep.equal([]);
  });

  it('taken over from an estate are called when due, whoever owes them', () => {
    const { world, facts } = dayOf(scenario, eve(20, { ...sheets, claims: [[3, 1, 100]] }));
    expect(world.claims.face.reduce((a, b) => a + b, 0)).to.equal(0);
    expect(facts.notices.some(({ kind }) => kind === 'not-renewed')).to.equal(false);
    expect(
      paymentsOf(facts)
        .filter(({ kind }) => kind === 'claim-repayment')
        .map(({ to }) => to),
    ).to.deep.equal([3]);
  });
});
