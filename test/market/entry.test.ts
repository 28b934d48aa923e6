import { expect } from 'chai';
import type { World } from '../../core/types.js';
import { createStage } from '../../market/stage.js';
import { typeOf } from '../../market/stage.js';
import { templateBook } from '../../market/template-book.js';
import { dayOf, noticed, paymentsOf, threeBanks, worldWith } from './small-world.js';

const given = (resolution: string) =>
  threeBanks({ type: { loanShare: 0.4 }, contagion: { resolution, entryDelayDays: 5 } });

/** Bank 0 owes twice what it has. */
const insolvent = (resolution: string): World =>
  worldWith(given(resolution), { cash: [5, 50, 50], loans: [5, 0, 0], funding: [20, 10, 10] });

/** The day on which its seat is filled again, if it is. */
function refilled(resolution: string): ReturnType<typeof dayOf> {
  const scenario = given(resolution);
  const defaulted = dayOf(scenario, insolvent(resolution)).world;
  expect(defaulted.books.active[0]).to.equal(0);
  return dayOf(scenario, { ...defaulted, day: 5 });
}

const template = (resolution: string): ReturnType<typeof templateBook> => {
  const [first] = createStage(given(resolution)).institutions;
  return templateBook(typeOf(given(resolution), first!), first!);
};

describe('entry', () => {
  it('an entrant begins with the template book, its equity paid in by its owners', () => {
    const { world, facts } = refilled('replace');
    const { equity, loans, funded } = template('replace');
    expect([world.books.active[0], world.books.generation[0]]).to.deep.equal([1, 1]);
    expect([...world.books.entryDay]).to.deep.equal([6, 0, 0]);
    expect(world.books.cash[0]).to.be.closeTo(equity + funded - loans, 1e-6);
    expect(world.books.loans[0]).to.be.closeTo(loans, 1e-6);
    expect(world.books.funding[0]).to.be.closeTo(funded, 1e-6);
    expect(noticed(facts, 'entry')['generation']).to.deep.equal([1]);
    expect(paymentsOf(facts).map(({ kind }) => kind)).to.deep.equal(['capital', 'deposit', 'loan-purchase']);
    expect(facts.tables.days!['issuedUsd']).to.deep.equal(Float64Array.of(0));
  });

  it('recapitalisation is the same institution with issued money', () => {
    const { world, facts } = refilled('recapitalise');
    const { equity } = template('recapitalise');
    expect([world.books.active[0], world.books.generation[0]]).to.deep.equal([1, 0]);
    expect(world.books.entryDay[0]).to.equal(0);
    expect(facts.tables.days!['issuedUsd']![0]).to.be.closeTo(equity, 1e-9);
    expect(noticed(facts, 'recapitalised')['amount']).to.deep.equal([equity]);
    expect(paymentsOf(facts)[0]).to.deep.equal({ kind: 'issuance', from: -1, to: 0, amount: equity });
  });

  it('a liquidated seat stays empty, and nobody returns before the day', () => {
    expect(refilled('liquidate').world.books.active[0]).to.equal(0);
    const scenario = given('replace');
    const defaulted = dayOf(scenario, insolvent('replace')).world;
    expect(defaulted.books.reentryDay[0]).to.equal(6);
    expect(dayOf(scenario, { ...defaulted, day: 4 }).world.books.active[0]).to.equal(0);
  });
});
