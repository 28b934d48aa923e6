import { expect } from 'chai';
import { log } from '../../core/numeric.js';
import type { World } from '../../core/types.js';
import { dayOf, paymentsOf, threeBanks, worldWith, type Given, type Sheets } from './small-world.js';

/** Payments of bank 0 on day 1, signed as it sees them. */
function ownPayments(
  given: Given,
  sheets: Sheets,
  change = (world: World): World => world,
): Map<string, number> {
  const scenario = threeBanks(given);
  const { facts } = dayOf(scenario, change(worldWith(scenario, sheets)));
  const own = paymentsOf(facts).filter(({ from, to }) => from === 0 || to === 0);
  return new Map(own.map(({ kind, to, amount }) => [kind, to === 0 ? amount : -amount]));
}

describe('accruals', () => {
  it('cash, loans and funding bear a day of their own rates', () => {
    const costs = { interestRate: 0.02, depositRate: 0.01, loanRate: 0.03 };
    const paid = ownPayments({ costs }, { cash: [252], loans: [504], funding: [126] });
    expect(paid.get('cash-interest')).to.be.closeTo(0.02, 1e-15);
    expect(paid.get('loan-interest')).to.be.closeTo(0.06, 1e-15);
    expect(paid.get('funding-interest')).to.be.closeTo(-0.005, 1e-15);
    expect(paid.size).to.equal(3);
  });

  it('debt to the prime broker costs the rate and the spread', () => {
    const costs = { interestRate: 0.02, primeBrokerSpread: 0.01 };
    const paid = ownPayments(
      { costs },
      {
        cash: [-252],
        units: [
          [50, 0],
          [0, 0],
          [0, 0],
        ],
      },
    );
    expect(paid.get('prime-broker-interest')).to.be.closeTo(-0.03, 1e-15);
    expect(paid.has('cash-interest')).to.equal(false);
  });

  it('short positions cost the borrow fee on their value', () => {
    const sheets = {
      cash: [1000],
      units: [
        [-2.52, 1],
        [0, 0],
        [0, 0],
      ],
    };
    const paid = ownPayments({ costs: { borrowFee: 0.05 } }, sheets);
    expect(paid.get('borrow-fee')).to.be.closeTo(-(252 * 0.05) / 252, 1e-12);
    expect(paid.size).to.equal(1);
  });

  it('contributions add to funding; benefits reduce it and end with it', () => {
    const given = { type: { contributionRate: 0.05, claimRate: 0.1 } };
    const paid = ownPayments(given, { cash: [2520], funding: [0.5] });
    expect(paid.get('contribution')).to.be.closeTo(0.5, 1e-12);
    expect(paid.get('benefit')).to.equal(-0.5); // a tenth of 2520 a year is 1 a day, but it owes only 0.5
    const scenario = threeBanks(given);
    const { world } = dayOf(scenario, worldWith(scenario, { cash: [2520], funding: [100] }));
    expect(world.books.funding[0]).to.be.closeTo(100 + 0.5 - 1, 1e-12);
    expect(world.books.cash[0]).to.be.closeTo(2520 + 0.5 - 1, 1e-12);
  });

  it('investors follow what the holdings gained over the last days, in and out', () => {
    const given = { type: { flowSensitivity: 0.02 } };
    const sheets = {
      cash: [5000],
      units: [
        [10, -4],
        [0, 0],
        [0, 0],
      ],
    };
    const since =
      (a: number, b: number) =>
      (world: World): World => ({
        ...world,
        recent: [Float64Array.of(log(a), log(b)), ...world.recent],
      });
    // 10 (100 − 80) − 4 (100 − 90) = 160
    expect(ownPayments(given, sheets, since(80, 90)).get('inflow')).to.be.closeTo(0.02 * 160, 1e-10);
    // 10 (100 − 125) − 4 (100 − 90) = −290
    expect(ownPayments(given, sheets, since(125, 90)).get('redemption')).to.be.closeTo(-0.02 * 290, 1e-10);
    // What a late source makes the world remember beyond twenty days moves no money.
    const month = (world: World): World => ({
      ...world,
      recent: [
        Float64Array.of(log(1), log(1)),
        Float64Array.of(log(80), log(90)),
        ...Array.from({ length: 20 }, () => world.recent[0]!),
      ],
    });
    expect(ownPayments(given, sheets, month).get('inflow')).to.be.closeTo(0.02 * 160, 1e-10);
  });

  it('owners receive a share of the equity that template leverage does not need', () => {
    // Leverage 2 needs equity of 500 on assets of 1000; there are 748, and half of a year of 252 parts is paid a day.
    const paid = ownPayments({ type: { payoutRate: 126 } }, { cash: [1000], funding: [252] });
    expect(paid.get('dividend')).to.be.closeTo(-0.5 * 248, 1e-10);
    const none = ownPayments({ type: { payoutRate: 126 } }, { cash: [1000], funding: [600] });
    expect(none.has('dividend')).to.equal(false);
  });

  it('a seat that is out of business accrues nothing', () => {
    const costs = { interestRate: 0.02 };
    const empty = (world: World): World => ({
      ...world,
      books: { ...world.books, active: Uint8Array.of(0, 1, 1) },
    });
    expect(ownPayments({ costs }, { cash: [252] }, empty).size).to.equal(0);
  });
});
