import { expect } from 'chai';
import { z } from 'zod';
import { exp, log } from '../../../core/numeric.js';
import type { Scenario } from '../../../core/scenario.js';
import type { Orders, World } from '../../../core/types.js';
import { pricesOf, worldBalances } from '../../../market/book.js';
import { actsOn, interventions } from '../../../market/interventions/index.js';
import { createStage } from '../../../market/stage.js';
import { dayOf, noticed, paymentsOf, threeBanks, worldWith, type Given } from '../small-world.js';

const idle = [0, 0];

/** One day under what a scenario's authority has in force. */
function dayUnder(scenario: Scenario, world: World, orders?: Orders): ReturnType<typeof dayOf> {
  const acts = actsOn(scenario, createStage(scenario), world, world.day + 1);
  return dayOf(scenario, world, orders, acts);
}

const under = (interventions: readonly object[], given: Given = {}): Scenario =>
  threeBanks({ ...given, more: { ...given.more, interventions } });

/** The first institution's orders. */
const order = (...units: number[]): Orders => ({
  institution: Int32Array.of(0),
  units: Float64Array.from(units),
});

/** Asset `a` loses 20% on day 1, of 21 that both assets and 40 of the index's 400. */
const slump = { shocks: [{ day: 1, asset: 'a', size: log(0.8) }] };
const breach = { units: [[6, 4], idle, idle], funding: [950] };

describe('a circuit breaker', () => {
  it('stops all trading once the index has fallen enough, forced sales included', () => {
    const breaker = { kind: 'circuit-breaker', fall: 0.099 };
    const scenario = under([breaker], { fundamentals: slump });
    const { world, facts } = dayUnder(scenario, worldWith(scenario, { ...breach, cash: [500] }), order(1, 1));
    expect(Array.from(world.books.units.subarray(0, 2))).to.deep.equal([6, 4]);
    expect(noticed(facts, 'unfilled')['asset']).to.deep.equal(['a', 'b']);
    expect(noticed(facts, 'intervention')['target']).to.deep.equal(['all', 'all']);
    expect(facts.tables.assets!['volumeUnits']).to.deep.equal(Float64Array.of(0, 0));
    const milder = under([{ ...breaker, fall: 0.11 }], { fundamentals: slump });
    const free = dayUnder(milder, worldWith(milder, { ...breach, cash: [500] }), order(1, 1));
    expect(Array.from(free.world.books.units.subarray(0, 2))).to.deep.equal([7, 5]);
  });

  it('of one asset lets the other trade: a forced seller sells what it may', () => {
    const scenario = under([{ kind: 'circuit-breaker', fall: 0.1, scope: 'asset', haltDays: 1 }], {
      fundamentals: slump,
    });
    const { world } = dayUnder(scenario, worldWith(scenario, { ...breach, funding: [700] }));
    // Assets 880, equity 180: leverage 4.9, no breach; with 840 owed it is 22, and only 400 of assets may go.
    expect(Array.from(world.books.units.subarray(0, 2))).to.deep.equal([6, 4]);
    const forced = dayUnder(scenario, worldWith(scenario, { ...breach, funding: [840] }));
    expect(Array.from(forced.world.books.units.subarray(0, 2))).to.deep.equal([6, 0]);
    expect(Array.from(forced.world.authority.closedUntil)).to.deep.equal([2, 0]);
    const next = dayUnder(scenario, still(forced.world));
    expect(next.world.books.units[0]).to.equal(6);
    const after = dayUnder(scenario, still(next.world));
    expect(after.world.books.units[0]).to.be.below(6);
  });
});

describe('a price limit', () => {
  const limit = { kind: 'price-limit', limit: 0.05 };

  it('spreads a fall over days: the price follows value at five per cent a day', () => {
    const scenario = under([limit], { fundamentals: slump });
    let world = worldWith(scenario, {});
    const seen: number[] = [];
    for (let day = 0; day < 6; day++) {
      ({ world } = dayUnder(scenario, still(world)));
      seen.push(pricesOf(world.prices)[0]!);
    }
    const expected = [95, 90.25, 85.7375, 81.450625, 80, 80];
    seen.forEach((p, d) => expect(p, `day ${d + 1}`).to.be.closeTo(expected[d]!, 1e-9));
  });

  it('is where a halt is told to be: at the limit, not where news would have taken the price', () => {
    const scenario = under([{ kind: 'price-limit', limit: 0.05 }], { fundamentals: slump });
    const { facts } = dayUnder(scenario, worldWith(scenario, {}), order(-1, 0));
    const told = noticed(facts, 'asset-halted');
    const close = facts.tables.assets!['price']![0] as number;
    expect(close).to.be.closeTo(95, 1e-9);
    (told['asset'] as string[]).forEach((asset, row) => {
      if (asset === 'a') expect(told['price']![row]).to.be.closeTo(close, 1e-9);
    });
    expect(told['asset']).to.include('a');
  });

  it('fills what takes a price to its limit, and halts the asset', () => {
    // p = 100 exp(−10⁻⁴ Q): 5% is 513 units of sales.
    const scenario = under([limit], { clearing: { impact: 1, permanentShare: 1, reversion: 0 } });
    const world = worldWith(scenario, { units: [[2000, 0], idle, idle] });
    const { world: after, facts } = dayUnder(scenario, world, order(-1000, 10));
    const sold = -log(0.95) / 1e-4;
    expect(after.books.units[0]).to.be.closeTo(2000 - sold, 1e-6);
    expect(after.books.units[1]).to.be.closeTo(10, 1e-12);
    expect(pricesOf(after.prices)[0]).to.be.closeTo(95, 1e-9);
    expect(noticed(facts, 'unfilled')['units']![0]).to.be.closeTo(sold - 1000, 1e-6);
  });

  it('binds forced sales: what cannot be sold waits', () => {
    const scenario = under([limit], { clearing: { impact: 1, permanentShare: 1, reversion: 0 } });
    const world = worldWith(scenario, { units: [[2000, 0], idle, idle], funding: [185_000] });
    const { world: after, facts } = dayUnder(scenario, world);
    expect(pricesOf(after.prices)[0]).to.be.closeTo(95, 1e-9);
    expect(after.books.units[0]).to.be.closeTo(2000 + log(0.95) / 1e-4, 1e-6);
    expect(worldBalances(after).assets[0]! / worldBalances(after).equity[0]!).to.be.above(10);
    expect(facts.tables.days!['marginWaves']![0]).to.be.below(3);
  });
});

/** A world whose coming news is nil. */
const still = (world: World): World => ({
  ...world,
  news: {
    ...world.news,
    coming: world.news.coming.map((day) => ({
      ...day,
      diffusion: day.diffusion.map(() => 0),
      drift: day.drift.map(() => 0),
      jumps: [],
    })),
  },
});

describe('rules on orders', () => {
  it('a ban on short sales stops at nothing held, and leaves other assets alone', () => {
    const scenario = under([{ kind: 'short-sale-ban', assets: ['a'] }]);
    const { world, facts } = dayUnder(
      scenario,
      worldWith(scenario, { units: [[3, 3], idle, idle] }),
      order(-5, -5),
    );
    expect(Array.from(world.books.units.subarray(0, 2))).to.deep.equal([0, -2]);
    expect(noticed(facts, 'amended')).to.deep.include({ from: [-5], to: [-3] });
  });

  it('a transaction tax is paid on every fill, forced ones too', () => {
    const scenario = under([{ kind: 'transaction-tax', taxBps: 50, assets: ['a'] }]);
    const calm = dayUnder(scenario, worldWith(scenario, { cash: [1000] }), order(2, 3));
    const tax = ({ facts }: typeof calm): number[] =>
      paymentsOf(facts).flatMap(({ kind, amount }) => (kind === 'transaction-tax' ? [amount] : []));
    expect(tax(calm)[0]).to.be.closeTo(1, 1e-12);
    const forced = tax(dayUnder(scenario, worldWith(scenario, breach)));
    expect(forced[0]).to.be.closeTo(0.005 * 360, 1e-9); // 3.6 of 6 units go
  });

  it('an asset purchase moves the price, and no institution’s book', () => {
    const bought = { kind: 'asset-purchase', assets: ['a'], amountUsd: 10_000 };
    const scenario = under([bought], { clearing: { impact: 1, permanentShare: 1, reversion: 0 } });
    const world = worldWith(scenario, { units: [[5, 5], idle, idle] });
    const { world: after } = dayUnder(scenario, world);
    expect(pricesOf(after.prices)[0]).to.be.closeTo(100 * exp(0.01), 1e-9);
    expect(pricesOf(after.prices)[1]).to.be.closeTo(100, 1e-9);
    expect(after.books.units).to.deep.equal(world.books.units);
    const waiting = under([{ ...bought, drawdown: 0.05 }], { clearing: { impact: 1 } });
    expect(pricesOf(dayUnder(waiting, worldWith(waiting, {})).world.prices)[0]).to.be.closeTo(100, 1e-9);
  });

  it('a fall from a height of more than twenty days ago is no drawdown', () => {
    const bought = { kind: 'asset-purchase', assets: ['a'], amountUsd: 10_000, drawdown: 0.05 };
    const scenario = under([bought], { clearing: { impact: 1, permanentShare: 1, reversion: 0 } });
    const priceAfter = (quietDays: number): number => {
      const world = worldWith(scenario, {});
      const now = world.recent[0]!;
      const recent = [now.map((x) => x + 1), ...Array.from({ length: quietDays }, () => now)];
      return pricesOf(dayUnder(scenario, { ...world, recent }).world.prices)[0]!;
    };
    expect(priceAfter(20)).to.be.greaterThan(100.1);
    expect(priceAfter(21)).to.be.closeTo(100, 1e-9);
  });
});

describe('what the authority buys', () => {
  const bought = { kind: 'asset-purchase', amountUsd: 10_000 };
  const told = (scenario: Scenario) =>
    noticed(dayUnder(scenario, worldWith(scenario, {})).facts, 'intervention');

  it('is told as it was filled: all of it in a market that trades', () => {
    const { amount, reason } = told(under([bought])) as { amount: number[]; reason: string[] };
    expect(amount[0]).to.be.closeTo(10_000, 1e-6);
    expect(reason).to.deep.equal(['bought from day 1 on']);
  });

  it('is nothing of what does not trade, and the reason says why', () => {
    const breaker = { kind: 'circuit-breaker', fall: 0.1, scope: 'asset' };
    const { kind, amount, reason } = told(under([bought, breaker], { fundamentals: slump })) as {
      kind: string[];
      amount: number[];
      reason: string[];
    };
    const row = kind.indexOf('asset-purchase');
    // Floats are of 1,000 units each at 100 USD at the last close: half of the order was for each asset.
    expect(amount[row]).to.be.closeTo(5_000, 1e-6);
    expect(reason[row]).to.equal(
      'bought from day 1 on; unfilled: a (trading stopped: asset fell by 0.1 or more)',
    );
  });

  it('cannot be more than there is in the world', () => {
    const over = z.treeifyError(
      interventions['asset-purchase'].options.safeParse({ amountUsd: 1e300 }).error!,
    ) as { properties?: Record<string, { errors: string[] }> };
    expect(over.properties!['amountUsd']!.errors).to.have.length(1);
  });
});

describe('rules on balance sheets', () => {
  it('a lower leverage cap makes those above it sell to a target lower in proportion', () => {
    // Leverage 5 under a cap of 4: the target falls from 8 of 10 to 3.2 of 4, so that 360 of 1000 must go.
    const scenario = under([{ kind: 'leverage-cap', cap: 4, institutions: ['bank-01'] }]);
    const sheets = { units: [[10, 0], [10, 0], idle], funding: [800, 800] };
    const { world, facts } = dayUnder(scenario, worldWith(scenario, sheets));
    expect(world.books.units[0]).to.be.closeTo(6.4, 1e-9);
    expect(world.books.units[2]).to.equal(10);
    expect(noticed(facts, 'breach')['cap']).to.deep.equal([4]);
  });

  it('haircuts call margin, a floor raises them, relief waives a part', () => {
    // Holdings 1000 and net cash −880: own money 120, of which haircuts of 10% ask for 100.
    const type = { haircuts: { equity: 0.1 } };
    const sheets = { units: [[10, 0], idle, idle], cash: [-880] };
    const units = (scenario: Scenario, given = sheets): number =>
      dayUnder(scenario, worldWith(scenario, given)).world.books.units[0]!;
    expect(units(under([], { type }))).to.equal(10);
    // At 15% they ask for 150: positions fall to 0.8 · 120 / 0.15 = 640.
    const floor = { kind: 'margin-floor', haircut: 0.15 };
    expect(units(under([floor], { type }))).to.be.closeTo(6.4, 1e-9);
    const called = noticed(dayUnder(under([floor]), worldWith(under([floor]), sheets)).facts, 'margin-call');
    expect(called['wealth']![0]).to.be.closeTo(120, 1e-9);
    expect(called['required']![0]).to.be.closeTo(150, 1e-9);
    const high = { haircuts: { a: 0.12, equity: 0.5 } };
    const short = { units: [[10, 0], idle, idle], cash: [-885] };
    expect(units(under([], { type: high }), short)).to.be.below(10);
    expect(units(under([{ kind: 'collateral-relief', relief: 0.1 }], { type: high }), short)).to.equal(10);
  });

  it('a countercyclical buffer grows with assets over their trend, and binds purchases, not holdings', () => {
    const scenario = under([{ kind: 'countercyclical-buffer' }]);
    const stage = createStage(scenario);
    const world = worldWith(scenario, { units: [[10, 0], idle, idle], funding: [800] });
    const buffer = (trend: number): number => {
      const seen = { ...world, authority: { ...world.authority, creditTrendUsd: trend } };
      return actsOn(scenario, stage, seen, 1).terms[0]!.buffer!;
    };
    // Assets are 1000: gaps of 1%, 6% and 20%.
    expect(buffer(1000 / 1.01)).to.equal(0);
    expect(buffer(1000 / 1.06)).to.be.closeTo(0.0125, 1e-12);
    expect(buffer(1000 / 1.2)).to.equal(0.025);
  });

  it('liquidity is lent in proportion to assets, and taken back', () => {
    const scenario = under([{ kind: 'liquidity-injection', amountUsd: 300, days: 2, to: 1 }]);
    const sheets = { units: [[10, 0], [20, 0], idle], cash: [0, 0, 0] };
    const first = dayUnder(scenario, worldWith(scenario, sheets)).world;
    expect(Array.from(first.books.cash.subarray(0, 3))).to.deep.equal([100, 200, 0]);
    expect(Array.from(first.books.funding)).to.deep.equal([100, 200, 0]);
    expect(dayUnder(scenario, first).world.books.cash[0]).to.equal(100);
    const third = dayUnder(scenario, dayUnder(scenario, first).world).world;
    expect(Array.from(third.books.cash.subarray(0, 3))).to.deep.equal([0, 0, 0]);
    expect(third.authority.loans).to.deep.equal([]);
  });

  it('facilities lend each on its own: a small loan to one does not close the other to all', () => {
    const small = { kind: 'liquidity-injection', amountUsd: 1, days: 19, to: 1, institutions: ['bank-01'] };
    const scenario = under([small, { kind: 'liquidity-injection', amountUsd: 300, days: 3, from: 2, to: 2 }]);
    const sheets = { units: [[10, 0], [20, 0], idle], cash: [0, 0, 0] };
    const first = dayUnder(scenario, worldWith(scenario, sheets)).world;
    expect(Array.from(first.books.funding)).to.deep.equal([1, 0, 0]);
    const { world: second, facts } = dayUnder(scenario, first);
    expect(second.books.funding.reduce((a, b) => a + b, 0)).to.be.closeTo(301, 1e-9);
    expect(noticed(facts, 'intervention')['amount']).to.deep.equal([300]);
  });

  it('what is lent where nobody is in business is nothing, and told so', () => {
    const scenario = under([{ kind: 'liquidity-injection', amountUsd: 300, institutions: ['bank-01'] }]);
    const world = worldWith(scenario, {});
    const empty = { ...world, books: { ...world.books, active: Uint8Array.of(0, 1, 1) } };
    const { amount, reason } = noticed(dayUnder(scenario, empty).facts, 'intervention');
    expect([amount, reason]).to.deep.equal([[0], ['nobody is in business: nothing was lent']]);
  });

  it('a firewall calls claims across it when they come due, and only those', () => {
    const wall = { kind: 'firewall', one: ['bank-01'], other: ['bank-02', 'bank-03'] };
    const scenario = under([wall], { contagion: { termDays: 1 } });
    const world = worldWith(scenario, {
      cash: [500, 500, 500],
      claims: [
        [0, 1, 50],
        [1, 2, 60],
      ],
    });
    const { world: after, facts } = dayUnder(scenario, world);
    expect(Array.from(after.claims.face)).to.deep.equal([0, 60]);
    expect(noticed(facts, 'not-renewed')['amount']).to.deep.equal([50]);
    expect(Array.from(dayUnder(scenario, after).world.claims.face)).to.deep.equal([0, 60]);
  });
});
