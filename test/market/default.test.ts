import { expect } from 'chai';
import type { World } from '../../core/types.js';
import { noActs } from '../../market/interventions/act.js';
import { createStage } from '../../market/stage.js';
import { closeDay, openDay } from '../../market/step.js';
import { createWorld } from '../../market/world.js';
import { scenarioOf } from './fixture.js';

const rates = { interestRate: 0, primeBrokerSpread: 0, depositRate: 0, loanRate: 0, commissionBps: 0 };
const bank = { share: 1, leverage: 2, leverageCap: 10, leverageTarget: 8, benchmark: { equity: 1 } };
const asset = (id: string): object => ({
  id,
  class: 'equity',
  floatUsd: 1e6,
  volatility: 1e-9,
  halfSpreadBps: 0,
});
const scenario = scenarioOf({
  days: 5,
  assets: [asset('a'), asset('b')],
  market: {
    costs: rates,
    clearing: { mechanism: 'impact', impact: 0 },
    fundamentals: { factors: ['growth'], jumps: { perYear: 0 } },
  },
  institutions: { count: 3, types: { bank }, sizes: { largestShare: 0.5 } },
});

/** Three banks without securities; claims as given, none due on day 1. */
function worldOf(
  cash: number[],
  loans: number[],
  funding: number[],
  claims: readonly (readonly [creditor: number, debtor: number, face: number])[],
): World {
  const world = createWorld(scenario, createStage(scenario));
  const units = new Float64Array(8);
  units.set([1e4, 1e4], 6);
  return {
    ...world,
    books: {
      ...world.books,
      units,
      cash: Float64Array.from([...cash, 0]),
      loans: Float64Array.from(loans),
      funding: Float64Array.from(funding),
    },
    claims: {
      creditor: Int32Array.from(claims, (c) => c[0]),
      debtor: Int32Array.from(claims, (c) => c[1]),
      face: Float64Array.from(claims, (c) => c[2]),
      line: Float64Array.from(claims, (c) => c[2]),
      phase: new Int32Array(claims.length),
    },
  };
}

function dayOf(world: World): ReturnType<typeof closeDay> {
  const stage = createStage(scenario);
  const nobody = { institution: new Int32Array(0), units: new Float64Array(0) };
  return closeDay(scenario, stage, openDay(scenario, stage, world, noActs), nobody, noActs);
}

describe('default', () => {
  it('pays all creditors the same share, deposits included', () => {
    // Bank 0 has loans of 10 and owes 8 to depositors and 6 to bank 1: everybody gets 10/14.
    const { world, facts } = dayOf(worldOf([0, 50, 50], [10, 0, 0], [8, 10, 10], [[1, 0, 6]]));
    expect(world.books.cash[1]).to.be.closeTo(50 + (6 * 10) / 14, 1e-12);
    expect(Array.from(world.books.active)).to.deep.equal([0, 1, 1]);
    expect(world.books.loans[0]).to.equal(0);
    expect(world.books.funding[0]).to.equal(0);
    expect(world.books.cash[0]).to.equal(0);
    expect(Array.from(world.claims.face)).to.deep.equal([0]);
    const notice = facts.notices.find((n) => n.kind === 'default')!;
    expect(notice.columns).to.deep.equal({ institution: ['bank-01'], equity: [-4], owed: [14], paid: [10] });
  });

  it('leaves debts of the solvent outstanding: the estate’s claims pass to the outside book at face', () => {
    // Bank 0 owes depositors 20 and has 5 of cash and a claim of 10 on bank 2, which is solvent.
    const { world } = dayOf(worldOf([5, 50, 50], [0, 0, 0], [20, 10, 10], [[0, 2, 10]]));
    const held = Array.from(world.claims.face.keys()).filter((e) => world.claims.face[e]! > 0);
    expect(
      held.map((e) => [world.claims.creditor[e], world.claims.debtor[e], world.claims.face[e]]),
    ).to.deep.equal([[3, 2, 10]]);
    expect(world.books.active[2]).to.equal(1);
  });

  it('spreads to a creditor that cannot bear its loss', () => {
    // Bank 0 pays 2 of 12; bank 1 had equity 5 with a claim of 12, loses 10, and pays 15 of the 20 that it owes.
    const first = worldOf(
      [2, 13, 50],
      [0, 0, 0],
      [0, 10, 10],
      [
        [1, 0, 12],
        [2, 1, 10],
      ],
    );
    const { world, facts } = dayOf(first);
    expect(Array.from(world.books.active)).to.deep.equal([0, 0, 1]);
    expect(world.books.cash[2]).to.be.closeTo(50 + 10 * (15 / 20), 1e-12);
    expect(facts.tables.days!['defaults']).to.deep.equal(Int32Array.of(2));
  });
});
