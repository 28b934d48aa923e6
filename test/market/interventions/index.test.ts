import { expect } from 'chai';
import { theRoster } from '../../../core/scenario/names.js';
import { capitalInjection } from '../../../market/interventions/capital-injection.js';
import { halt } from '../../../market/interventions/halt.js';
import { actsOn } from '../../../market/interventions/index.js';
import { noActs } from '../../../market/interventions/act.js';
import { createStage } from '../../../market/stage.js';
import { createWorld } from '../../../market/world.js';
import { dayOf, noticed, threeBanks, worldWith } from '../small-world.js';

const scenario = threeBanks();

describe('interventions', () => {
  it('refuse an unknown institution with the nearest name, and days off the calendar', () => {
    expect(capitalInjection.check!({ institution: 'bank-1', day: 61, amountUsd: 5 }, scenario)).to.deep.equal(
      [
        {
          path: ['institution'],
          message: '"bank-1" is not an institution; did you mean "bank-01"?',
          see: theRoster,
        },
        { path: ['day'], message: 'day 61 is after the last day, 60', on: [['days']] },
      ],
    );
    const problems = halt.check!({ institution: 'bank-02', from: 9, to: 7 }, scenario);
    expect(problems).to.deep.equal([{ path: ['to'], message: 'day 7 is before the first day, 9' }]);
    expect(halt.check!({ institution: 'bank-02', from: 7, to: 60 }, scenario)).to.deep.equal([]);
  });

  it('a halt is in force from its first to its last day', () => {
    const halted = threeBanks({
      more: { interventions: [{ kind: 'halt', institution: 'bank-02', from: 2, to: 3 }] },
    });
    const stage = createStage(halted);
    const world = createWorld(halted, stage);
    const on = [1, 2, 3, 4].map((day) => actsOn(halted, stage, world, day));
    expect(on.map((acts) => [...acts.halted.keys()])).to.deep.equal([[], [1], [1], []]);
    expect(on.map((acts) => acts.announced.length)).to.deep.equal([0, 1, 0, 0]);
  });

  it('a halted institution neither trades nor is made to sell', () => {
    const acts = { ...noActs, halted: new Map([[0, 'a test']]) };
    const world = worldWith(scenario, {
      units: [
        [6, 4],
        [1, 1],
        [0, 0],
      ],
      funding: [950],
    });
    const orders = { institution: Int32Array.of(0, 1), units: Float64Array.of(1, 0, -1, 0) };
    const { world: after, facts } = dayOf(scenario, world, orders, acts);
    expect(Array.from(after.books.units.subarray(0, 4))).to.deep.equal([6, 4, 0, 1]);
    expect(noticed(facts, 'refused')).to.deep.equal({
      institution: ['bank-01'],
      asset: ['a'],
      units: [1],
      reason: ['a test'],
    });
    expect(noticed(facts, 'breach')).to.deep.equal({});
  });

  it('an injection is issued cash; none goes to a seat out of business', () => {
    const acts = { ...noActs, injections: [{ institution: 0, amountUsd: 70 }] };
    const world = worldWith(scenario, { cash: [10, 10, 10] });
    const { world: after, facts } = dayOf(scenario, world, undefined, acts);
    expect(after.books.cash[0]).to.equal(80);
    expect(facts.tables.days!['issuedUsd']).to.deep.equal(Float64Array.of(70));
    const empty = { ...world, books: { ...world.books, active: Uint8Array.of(0, 1, 1) } };
    const none = dayOf(scenario, empty, undefined, acts);
    expect(none.world.books.cash[0]).to.equal(10);
    expect(noticed(none.facts, 'intervention')['reason']).to.deep.equal([
      'out of business: nothing was paid',
    ]);
  });
});
