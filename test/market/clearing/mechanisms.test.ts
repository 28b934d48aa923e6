import { expect } from 'chai';
import fc from 'fast-check';
import type { Orders } from '../../../core/types.js';
import { mechanisms } from '../../../market/clearing/index.js';
import {
  flowOf,
  rowsOfPrices,
  type Cleared,
  type Mechanism,
  type Session,
  type Wave,
} from '../../../market/clearing/mechanism.js';
import { createStage } from '../../../market/stage.js';
import { createWorld } from '../../../market/world.js';
import { logPrices } from '../../../market/book.js';
import { benchmarkTrader, runMarket, scenarioOf } from '../fixture.js';
import { foldDay, openLedger } from '../fold.js';

type Raw = Record<string, unknown>;

const whole = createStage(scenarioOf({ institutions: { count: 10 } }));
const world = createWorld(scenarioOf({ institutions: { count: 10 } }), whole);
const stage = { ...whole, assets: whole.assets.slice(0, 3) };
const adv = stage.assets.map((asset) => asset.advUnits);

/** A market of a few institutions and three assets that opens with given terms. */
function opened(name: keyof typeof mechanisms, terms: Raw = {}, dailyMove: number | null = 0.2, day = 1) {
  const mechanism: Mechanism = mechanisms[name];
  const chosen = mechanism.options.parse(terms);
  const { prices, liquidity } = world;
  const session = mechanism.open(chosen, { ...stage, day, prices, liquidity, dailyMove, closed: new Map() });
  const clear = (from: Session, wave: Wave): Cleared => mechanism.clear(chosen, from, wave);
  return { session, clear };
}

/** Orders in shares of daily volume, one row an institution. */
const waveOf = (rows: readonly (readonly number[])[], wave = 0): Wave => ({
  orders: {
    institution: Int32Array.from(rows.keys()),
    units: Float64Array.from(rows.flatMap((row) => row.map((q, a) => q * adv[a]!))),
  } satisfies Orders,
  wave,
  estates: new Float64Array(adv.length),
});

const names = Object.keys(mechanisms) as (keyof typeof mechanisms)[];

for (const name of names)
  describe(`market mechanism ${name}`, () => {
    const shares = fc.array(
      fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 3, maxLength: 3 }),
      {
        minLength: 1,
        maxLength: 6,
      },
    );

    it('law: fills keep to their orders, prices to their limits, and the session handed in to what it was', () => {
      fc.assert(
        fc.property(shares, fc.array(shares, { maxLength: 2 }), (first, more) => {
          const { session, clear } = opened(name);
          const before = JSON.stringify([session.prices, session.cumulative, [...session.halted]]);
          let now = session;
          [first, ...more].forEach((rows, w) => {
            const wave = waveOf(rows, w);
            const { filled, price, estates, session: after } = clear(now, wave);
            const each = rowsOfPrices(price, 3);
            filled.forEach((q, at) => {
              const wanted = wave.orders.units[at]!;
              expect(Math.abs(q)).to.be.at.most(Math.abs(wanted));
              expect(q * wanted).to.be.at.least(0);
              if (now.halted.has(at % 3)) expect(q).to.equal(0);
              const paid = Math.log(price[each * Math.floor(at / 3) + (at % 3)]!);
              if (q !== 0) {
                expect(paid).to.be.at.least(now.limits.low[at % 3]! - 1e-9);
                expect(paid).to.be.at.most(now.limits.high[at % 3]! + 1e-9);
              }
            });
            const flow = flowOf(filled, estates);
            after.cumulative.forEach((q, a) => {
              expect(q - now.cumulative[a]!).to.be.closeTo(flow[a]!, 1e-6 * adv[a]!);
            });
            logPrices(after.prices).forEach((p, a) => {
              expect(p).to.be.within(now.limits.low[a]! - 1e-3, now.limits.high[a]! + 1e-3);
            });
            now = after;
          });
          expect(JSON.stringify([session.prices, session.cumulative, [...session.halted]])).to.equal(before);
        }),
        { numRuns: 25, seed: 3 },
      );
    });

    it('moves price by the impact law, to within ticks and rungs', () => {
      const rows = [
        [0.3, -0.2, 0.05],
        [0.1, -0.4, 0],
      ];
      const like = opened('impact');
      const expected = logPrices(like.clear(like.session, waveOf(rows)).session.prices);
      const { session, clear } = opened(name);
      const open = logPrices(session.prices);
      const moved = logPrices(clear(session, waveOf(rows)).session.prices);
      expected.forEach((p, a) => {
        const by = p - open[a]!;
        expect(moved[a]! - open[a]!).to.be.closeTo(by, 0.15 * Math.abs(by) + 3e-4);
      });
    });

    it('sells at less than the price before, buys at more', () => {
      const { session, clear } = opened(name);
      const open = logPrices(session.prices);
      const { price } = clear(session, waveOf([[-0.5, 0.5, -0.01]]));
      expect(Math.log(price[0]!)).to.be.below(open[0]!);
      expect(Math.log(price[1]!)).to.be.above(open[1]!);
    });

    it('halts an asset that comes to its daily limit, and fills nothing of it afterwards', () => {
      const { session, clear } = opened(name, { impact: 5 }, 0.02);
      const crash = clear(
        session,
        waveOf(
          [
            [-50, 0, 0],
            [-50, 0.001, 0],
          ],
          1,
        ),
      );
      expect([...crash.session.halted.keys()]).to.deep.equal([0]);
      expect(crash.session.halted.get(0)).to.equal('fell by its daily limit');
      expect(crash.filled[0]! + crash.filled[3]!).to.be.within(-50 * adv[0]!, -1e-9);
      expect(logPrices(crash.session.prices)[0]).to.be.closeTo(session.limits.low[0]!, 2e-4);
      const again = clear(
        crash.session,
        waveOf(
          [
            [-1, 0, 0],
            [1, 0.001, 0],
          ],
          1,
        ),
      );
      expect(Math.abs(again.filled[0]!) + Math.abs(again.filled[3]!)).to.equal(0);
      expect(again.filled[4]).to.equal(0.001 * adv[1]!);
    });

    it('conserves money and units through a crash, its halts and its defaults', () => {
      const scenario = scenarioOf({
        days: 25,
        seed: 5,
        institutions: { count: 12 },
        market: {
          clearing: { mechanism: name, impact: 2 },
          halts: { dailyMove: 0.05 },
          fundamentals: {
            shocks: [
              { day: 6, class: 'credit', size: -0.25 },
              { day: 6, class: 'equity', size: -0.35 },
            ],
          },
        },
        contagion: { entryDelayDays: 3, liquidationDays: 5 },
      });
      const kinds = new Set<string>();
      const run = runMarket(scenario, benchmarkTrader(1.5), (_, { notices }) =>
        notices.forEach(({ kind }) => kinds.add(kind)),
      );
      const n = run.stage.institutions.length;
      const ledger = openLedger(
        run.opening,
        n,
        run.stage.assets.map((asset) => asset.floatUnits),
      );
      ledger.cash[n] = run.first.books.cash[n]!;
      for (const day of run.days) foldDay(ledger, day);
      const { books } = run.last;
      const size = books.cash.reduce((sum, x) => sum + Math.abs(x), 0);
      books.cash.forEach((cash, i) => expect(Math.abs(ledger.cash[i]! - cash) / size).to.be.below(1e-9));
      const units = books.units.reduce((sum, x) => sum + Math.abs(x), 0);
      books.units.forEach((q, at) => expect(Math.abs(ledger.units[at]! - q) / units).to.be.below(1e-9));
      expect([...kinds]).to.include.members(['asset-halted', 'unfilled', 'default']);
    });
  });

describe('market mechanisms that match orders', () => {
  it('call-auction: an order whose limit is passed is left, on a market that goes on', () => {
    const { session, clear } = opened('call-auction', { limitDeviations: 0.5, impact: 5 });
    const { filled, session: after } = clear(session, waveOf([[4, 0, 0]]));
    expect(filled[0]! / adv[0]!).to.be.within(0.001, 1);
    expect(after.halted.size).to.equal(0);
  });

  it('call-auction: buyers and sellers meet at one price, and only the rest moves it', () => {
    const { session, clear } = opened('call-auction');
    const {
      price,
      filled,
      session: after,
    } = clear(
      session,
      waveOf([
        [2, 0, 0],
        [-2, 0, 0],
      ]),
    );
    expect([filled[0], filled[3]]).to.deep.equal([2 * adv[0]!, -2 * adv[0]!]);
    expect(price.length).to.equal(3);
    expect(after.cumulative[0]).to.equal(0);
    expect(logPrices(after.prices)[0]).to.be.closeTo(logPrices(session.prices)[0]!, 2e-4);
  });

  it('order-book: the faster tier trades at better prices', () => {
    const pay = (tierDelay: number): number[] => {
      const sums = [0, 0];
      for (let day = 1; day <= 30; day++) {
        const { session, clear } = opened(
          'order-book',
          { tierDelay, jitter: 0, slices: 1, noiseOrders: 0, requotes: 1 },
          0.2,
          day,
        );
        const tiers = (session.own as { institutions: { latencyTier: number }[] }).institutions;
        const slow = tiers.findIndex(({ latencyTier }) => latencyTier === 3);
        const fast = tiers.findIndex(({ latencyTier }) => latencyTier === 0);
        const units = Float64Array.from([1, 0, 0, 1, 0, 0], (q, at) => q * adv[at % 3]!);
        const orders = { institution: Int32Array.of(fast, slow), units };
        const { price } = clear(session, { orders, wave: 0, estates: new Float64Array(3) });
        sums[0]! += price[0]!;
        sums[1]! += price[3]!;
      }
      return sums;
    };
    const [fast, slow] = pay(0.1);
    expect(fast).to.be.below(slow!);
    // Without delay the lot decides who is first: neither always is.
    const [one, other] = pay(0);
    expect(Math.abs(one! - other!)).to.be.below(0.5 * (slow! - fast!));
  });

  it('order-book: every order pays its own price, with the spread in it', () => {
    const { session, clear } = opened('order-book', { noiseOrders: 0 });
    const { price } = clear(
      session,
      waveOf([
        [0.001, 0, 0],
        [-0.001, 0, 0],
      ]),
    );
    expect(price.length).to.equal(6);
    expect(price[0]! - price[3]!).to.be.above(0);
  });
});
