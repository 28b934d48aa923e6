import { expect } from 'chai';
import fc from 'fast-check';
import { mechanisms } from '../../../market/clearing/index.js';
import type { Own, Terms } from '../../../market/clearing/continuous.js';
import type { Trading } from '../../../market/clearing/floor.js';
import { noHolders } from '../../../market/clearing/holders.js';
import { tickGrid } from '../../../market/clearing/ladder.js';
import { makersOf } from '../../../market/clearing/makers.js';
import {
  buy,
  limitOrder,
  orderBook,
  restingOrders,
  sell,
  type OrderBook,
  type Resting,
} from '../../../market/clearing/order-book.js';
import { stream } from '../../../core/random.js';
import { createStage } from '../../../market/stage.js';
import { createWorld } from '../../../market/world.js';
import { scenarioOf } from '../fixture.js';

const scenario = scenarioOf({ institutions: { count: 10 } });
const whole = createStage(scenario);
const world = createWorld(scenario, whole);

/** The first asset's book before anybody has come. */
function opened(raw: object, halfSpread: number): Trading {
  const terms = mechanisms['order-book'].options.parse(raw) as unknown as Terms;
  const stage = { ...whole, assets: [{ ...whole.assets[0]!, halfSpread }] };
  const { prices, liquidity } = world;
  const session = mechanisms['order-book'].open(terms as never, {
    ...stage,
    day: 1,
    prices,
    liquidity,
    dailyMove: 0.2,
    closed: new Map(),
  });
  const grid = tickGrid(session, (session.own as Own).curves[0]!, 0, terms.tickBps);
  const orders = { institution: new Int32Array(0), units: new Float64Array(0) };
  const wave = { orders, wave: 0, estates: new Float64Array(1) };
  const arrivals = { time: [], tie: [], row: [], units: [] } as never;
  return {
    floor: { terms, session, wave, asset: 0, grid, arrivals },
    book: orderBook({ ticks: grid.size }),
    units: new Float64Array(1),
    value: new Float64Array(1),
    holders: noHolders(),
    cumulative: 0,
    stuck: 0,
  };
}

const resting = (book: OrderBook): Resting[] => [...restingOrders(book, buy), ...restingOrders(book, sell)];

describe('market makers of the order book', () => {
  it('law: no quote crosses the book, its maker’s own other side included, whatever has come between', () => {
    let twoSided = 0;
    fc.assert(
      fc.property(
        fc.record({
          makers: fc.integer({ min: 1, max: 4 }),
          rungs: fc.integer({ min: 1, max: 6 }),
          tickBps: fc.constantFrom(1, 30, 100),
        }),
        fc.constantFrom(0, 1e-4, 0.1),
        fc.array(
          fc.record({
            flow: fc.integer({ min: -200, max: 200 }),
            place: fc.integer({ min: 0, max: 100 }),
          }),
          {
            minLength: 4,
            maxLength: 4,
          },
        ),
        (raw, halfSpread, between) => {
          const trading = opened({ ...raw, selfTrade: 'allow' }, halfSpread);
          const { book, floor } = trading;
          const institutions = (floor.session.own as Own).institutions.length;
          const makers = makersOf(floor.terms, stream({ seed: 1, purpose: 'test' }));
          for (let n = 0; n < makers.time.length; n++) {
            const { flow, place } = between[n % 4]!;
            const owner = institutions + (n % raw.makers);
            const others = (): object[] => resting(book).filter((o) => o.owner !== owner);
            // The curve moves on, and somebody comes who may stand where the maker's quotes would be.
            trading.cumulative = (flow / 100) * whole.assets[0]!.advUnits;
            limitOrder(book, flow > 0 ? buy : sell, Math.floor((place / 100) * (book.ticks - 1)), 1);
            const before = others();
            makers.act(trading, n);
            expect(others(), 'a quote traded as it came').to.deep.equal(before);
            const [bids, asks] = [buy, sell].map((side) =>
              restingOrders(book, side).flatMap((o) => (o.owner === owner ? [o.tick] : [])),
            );
            if (bids!.length === 0 || asks!.length === 0) continue;
            expect(Math.max(...bids!)).to.be.below(Math.min(...asks!));
            twoSided += 1;
          }
        },
      ),
      { numRuns: 60 },
    );
    expect(twoSided, 'quotes on both sides').to.be.above(100);
  });
});
