import { expect } from 'chai';
import { channelsOfLoss } from '../../analysis/losses/cash-effects.js';
import { lossesOf } from '../../analysis/losses/losses.js';
import type { World } from '../../core/types.js';
import { worldBalances } from '../../market/book.js';
import { createStage } from '../../market/stage.js';
import { templateBook } from '../../market/template-book.js';
import { expectClose } from '../close.js';
import { column, factsOf, noticesOf, smallScenario } from '../small-run.js';
import { dayOf, noticed, threeBanks, worldWith } from './small-world.js';

type Chosen = Readonly<Record<string, unknown>>;
const spreadingBy = (...channels: Chosen[]) => threeBanks({ contagion: { channels } });

/** Bank 0 has 10 and owes 8 to depositors and 6 to bank 1: it can pay ten fourteenths. */
const afterDefault = (...channels: Chosen[]): number => {
  const scenario = spreadingBy(...channels);
  const sheets = { cash: [0, 50, 50], loans: [10, 0, 0], funding: [8, 10, 10] };
  const { world } = dayOf(scenario, worldWith(scenario, { ...sheets, claims: [[1, 0, 6]] }));
  return world.books.cash[1]! - 50;
};

describe('channels that act', () => {
  it('through claims: what creditors of an estate get', () => {
    expect(afterDefault({ channel: 'clearing' })).to.be.closeTo(60 / 14, 1e-12);
    expect(afterDefault({ channel: 'cascade', lossGivenDefault: 0.4 })).to.be.closeTo(3.6, 1e-12);
    expect(afterDefault({ channel: 'gai-kapadia' })).to.equal(0);
    expect(afterDefault({ channel: 'debtrank' })).to.equal(0);
    expect(afterDefault({ channel: 'cross-holdings' })).to.be.closeTo(60 / 14, 1e-12);
    expect(afterDefault(), 'without a channel they are made whole').to.equal(6);
  });

  /** Bank 0 has lost half of what it began with; bank 1 lent to it, and bank 2 to bank 1. */
  const chain = (...channels: Chosen[]): { world: World; began: number[] } => {
    const scenario = spreadingBy(...channels);
    const began = createStage(scenario).institutions.map(
      (i) => templateBook(scenario.institutions.types['bank']!, i).equity,
    );
    const lent = [0.4 * began[1]!, 0.1 * began[2]!] as const;
    const sheets = {
      cash: [0.5 * began[0]! + lent[0], 0.6 * began[1]! + lent[1], 0.9 * began[2]!],
      claims: [[1, 0, lent[0]] as const, [2, 1, lent[1]] as const],
    };
    return { world: dayOf(scenario, worldWith(scenario, sheets)).world, began };
  };

  it('debtrank: a loss of half the equity halves the claim, and that loss travels on', () => {
    const { world, began } = chain({ channel: 'debtrank' });
    // Bank 1 loses 0.4 · ½ = 0.2 of its equity; bank 2 a fifth of its claim of 0.1.
    expectClose(
      Array.from(world.books.writtenDown, (usd, i) => usd / began[i]!),
      [0, 0.2, 0.02],
      1e-12,
    );
    expectClose(
      Array.from(worldBalances(world).equity, (e, i) => e / began[i]!),
      [0.5, 0.8, 0.98],
      1e-12,
    );
  });

  it('cross-holdings: lenders share losses in proportion to assets, and failing costs extra', () => {
    const { world, began } = chain({ channel: 'cross-holdings', threshold: 0.6, failureCost: 0.25 });
    const assets = 0.5 * began[0]! + 0.4 * began[1]!;
    const first = 0.4 * ((0.5 * began[0]!) / (assets + 0.5 * began[0]!) + 0.25);
    expect(world.books.writtenDown[1]! / began[1]!).to.be.closeTo(first, 1e-9);
    expect(Array.from(chain().world.books.writtenDown)).to.deep.equal([0, 0, 0]);
  });

  it('hoarding: a lender short of cash calls a share of its loan when due, and lends no more', () => {
    const scenario = spreadingBy({ channel: 'liquidity-hoarding', cashFloor: 0.1, hoardedShare: 0.75 });
    const sheets = { cash: [1, 60, 20], loans: [100, 0, 0], funding: [20, 10, 0] };
    const given = worldWith(scenario, { ...sheets, claims: [[0, 1, 40]] });
    const due = { ...given, claims: { ...given.claims, phase: Int32Array.of(19) } };
    const { world, facts } = dayOf(scenario, due);
    expect(noticed(facts, 'hoarded')).to.deep.equal({
      creditor: ['bank-01'],
      debtor: ['bank-02'],
      amount: [30],
    });
    expect(Array.from(world.claims.face)).to.deep.equal([10]);
    expect([world.books.cash[0], world.books.cash[1]]).to.deep.equal([31, 30]);
  });

  it('through assets: above the cap to the target, after any loss to the first leverage, or never', () => {
    const sold = (...channels: Chosen[]): number => {
      const scenario = threeBanks({
        contagion: { channels },
        type: { leverage: 2, leverageCap: 4, leverageTarget: 3 },
      });
      const sheets = {
        units: [
          [10, 0],
          [10, 0],
          [10, 0],
        ],
        funding: [800, 600, 400],
      };
      const { world } = dayOf(scenario, worldWith(scenario, sheets));
      return 30 - Array.from(world.books.units.slice(0, 6)).reduce((a, b) => a + b, 0);
    };
    // Assets 1000: leverages 5, 2.5 and 1.67. Selling x brings the first to (1000 − x)/200.
    expect(sold({ channel: 'fire-sale' })).to.be.closeTo(4, 1e-9);
    expect(sold({ channel: 'vulnerable-banks' })).to.be.closeTo(6 + 2, 1e-9);
    expect(sold()).to.equal(0);
  });

  it('refuses two through one thing, naming both', () => {
    expect(() =>
      smallScenario({ contagion: { channels: [{ channel: 'clearing' }, { channel: 'debtrank' }] } }),
    ).to.throw(/contagion\.channels\.1\.channel: "debtrank" travels through claims, as "clearing" does/);
  });

  it('losses still add up where claims are written down', async () => {
    const days = await factsOf(
      smallScenario({
        days: 40,
        market: { fundamentals: { shocks: [{ day: 3, class: 'equity', size: -0.15 }] } },
        contagion: {
          channels: [{ channel: 'debtrank', lossGivenDefault: 0.4 }, { channel: 'fire-sale' }],
          termDays: 5,
        },
      }),
    );
    expect(days.some(({ tables }) => tables.writeDowns !== undefined)).to.equal(true);
    expect(noticesOf(days, 'default').length + noticesOf(days, 'breach').length).to.be.above(0);
    for (const { day, losses } of lossesOf(days)) {
      const [was, is] = [days[day - 1]!, days[day]!].map((f) => column(f, 'institutions', 'equityUsd'));
      const size = column(days[day - 1]!, 'institutions', 'assetsUsd');
      for (let i = 0; i < is!.length; i++) {
        const sum = channelsOfLoss.reduce((total, name) => total + losses[name][i]!, 0);
        expect(sum, `day ${day}, ${i}`).to.be.closeTo(is![i]! - was![i]!, 3e-7 * Math.max(size[i]!, 1e9));
      }
    }
  });
});
