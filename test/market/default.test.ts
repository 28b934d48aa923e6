import { expect } from 'chai';
import type { World } from '../../core/types.js';
import { dayOf, threeBanks, worldWith, type Sheets } from './small-world.js';

const scenario = threeBanks();

/** Three banks without securities. */
const worldOf = (
  cash: number[],
  loans: number[],
  funding: number[],
  claims: NonNullable<Sheets['claims']>,
): World => worldWith(scenario, { cash, loans, funding, claims });

const closed = (world: World): ReturnType<typeof dayOf> => dayOf(scenario, world);

describe('default', () => {
  it('pays all creditors the same share, deposits included', () => {
    // Bank 0 has loans of 10 and owes 8 to depositors and 6 to bank 1: everybody gets 10/14.
    const { world, facts } = closed(worldOf([0, 50, 50], [10, 0, 0], [8, 10, 10], [[1, 0, 6]]));
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
    const { world } = closed(worldOf([5, 50, 50], [0, 0, 0], [20, 10, 10], [[0, 2, 10]]));
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
    const { world, facts } = closed(first);
    expect(Array.from(world.books.active)).to.deep.equal([0, 0, 1]);
    expect(world.books.cash[2]).to.be.closeTo(50 + 10 * (15 / 20), 1e-12);
    expect(facts.tables.days!['defaults']).to.deep.equal(Int32Array.of(2));
  });
});
