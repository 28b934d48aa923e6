import { expect } from 'chai';
import type { World } from '../../../core/types.js';
import { worldBalances } from '../../../market/book.js';
import { actsOn } from '../../../market/interventions/index.js';
import { createStage } from '../../../market/stage.js';
import { dayOf, noticed, threeBanks, worldWith } from '../small-world.js';

type Raw = Readonly<Record<string, unknown>>;

const scenarioWith = (changed: Raw) =>
  threeBanks({
    clearing: { impact: 1 },
    more: {
      interventions: [{ kind: 'self-correcting', budgetShare: 0.5, worry: 0, shock: 0.2, ...changed }],
    },
  });

/** Bank 0 fails when prices fall by a fifth, bank 1 with it, for it lent to bank 0; bank 2 has no part in it. */
const fragile = (changed: Raw): { world: World; under: ReturnType<typeof dayOf> } => {
  const scenario = scenarioWith(changed);
  const world = worldWith(scenario, {
    units: [
      [10, 0],
      [0, 0],
      [0, 10],
    ],
    cash: [0, 200, 500],
    funding: [600, 230, 0],
    claims: [[1, 0, 250]],
  });
  return {
    world,
    under: dayOf(scenario, world, undefined, actsOn(scenario, createStage(scenario), world, 1)),
  };
};

describe('the self-correcting graph', () => {
  it('injects capital where it saves most: into the bank at the root, not into its creditor', () => {
    const { world, under } = fragile({});
    const notice = noticed(under.facts, 'intervention');
    expect(new Set(notice['target'])).to.deep.equal(new Set(['bank-01']));
    expect(notice['kind']).to.have.members(['self-correcting', 'capital-injection']);
    const gained = worldBalances(under.world).equity[0]! - worldBalances(world).equity[0]!;
    const spent = (notice['amount'] as number[])[0]!;
    expect(gained).to.be.closeTo(spent, 1e-9);
    expect(spent).to.be.at.most(0.5 * worldBalances(world).equity.reduce((a, b) => a + b, 0) + 1e-9);
    expect(under.facts.tables.days!['issuedUsd']![0]).to.be.closeTo(spent, 1e-9);
  });

  it('a recommendation is on record and changes no book', () => {
    const { world, under } = fragile({ act: 'recommend' });
    expect((noticed(under.facts, 'intervention')['reason'] as string[])[0]).to.match(/recommended$/);
    expect(Array.from(under.world.books.cash)).to.deep.equal(Array.from(world.books.cash));
  });

  it('caps exposures: the claim is repaid from cash, and not lent again', () => {
    const scenario = scenarioWith({ tools: ['exposure-cap'], budgetShare: 1 });
    const world = worldWith(scenario, {
      units: [
        [10, 0],
        [0, 0],
        [0, 10],
      ],
      cash: [100, 200, 500],
      funding: [700, 230, 0],
      claims: [[1, 0, 250]],
    });
    const under = dayOf(scenario, world, undefined, actsOn(scenario, createStage(scenario), world, 1));
    const spent = (noticed(under.facts, 'intervention')['amount'] as number[])[0]!;
    expect(spent).to.be.within(1, 100);
    expect(under.world.claims.face[0]).to.be.closeTo(250 - spent, 1e-9);
    expect(under.world.claims.line[0]).to.be.closeTo(250 - spent, 1e-9);
  });

  it('naive policies spread the same budget over everybody', () => {
    const { under } = fragile({ policy: 'equal' });
    const { kind, amount } = noticed(under.facts, 'intervention');
    const own = (amount as number[]).filter((_, i) => kind![i] === 'self-correcting');
    expect(own).to.have.length(3);
    own.forEach((usd) => expect(usd).to.be.closeTo(own[0]!, 1e-9));
  });

  it('relief lets an institution keep what it would have had to sell, for the day', () => {
    const given = { tools: ['collateral-relief'], budgetShare: 1 };
    const scenario = threeBanks({
      type: { leverage: 2, leverageCap: 3, leverageTarget: 2.5 },
      clearing: { impact: 5 },
      more: {
        interventions: [{ kind: 'self-correcting', worry: 0, shock: 0.1, ...given }],
      },
    });
    const sheets = {
      units: [
        [10, 0],
        [10, 0],
        [0, 10],
      ],
      funding: [690, 300, 200],
    };
    const world = worldWith(scenario, sheets);
    const sold = (relieved: boolean): number => {
      const stage = createStage(scenario);
      const acts = actsOn(relieved ? scenario : { ...scenario, interventions: [] }, stage, world, 1);
      return 10 - dayOf(scenario, world, undefined, acts).world.books.units[0]!;
    };
    expect(sold(false)).to.be.above(0);
    expect(sold(true)).to.be.below(sold(false));
  });

  it('does nothing where contagion would cost little', () => {
    const { under } = fragile({ worry: 100 });
    expect(noticed(under.facts, 'intervention')).to.deep.equal({});
  });
});
