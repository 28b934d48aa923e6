import { expect } from 'chai';
import fc from 'fast-check';
import {
  noLots,
  tradeLots,
  unitsAtLoss,
  unitsBoughtSince,
  unitsOf,
  unrealised,
  type LotBook,
  type LotRule,
} from '../../core/lots.js';

const plain: LotRule = { order: 'fifo', washDays: 0 };
const washing: LotRule = { order: 'fifo', washDays: 30 };

/** Trades one after another: the last book, and each trade's gain. */
function through(
  rule: LotRule,
  trades: readonly (readonly [day: number, units: number, price: number])[],
): { book: LotBook; gains: number[]; held: number[] } {
  let book = noLots;
  const held: number[] = [];
  const gains = trades.map(([day, units, price]) => {
    const after = tradeLots(book, { day, units, price }, rule);
    book = after.book;
    held.push(...after.realised.map(({ heldDays }) => heldDays));
    return after.realised.reduce((sum, { gain }) => sum + gain, 0);
  });
  return { book, gains, held };
}

describe('lots', () => {
  const bought = [
    [1, 10, 100],
    [2, 10, 120],
    [3, 10, 90],
  ] as const;

  it('first in first out, last in first out, highest first', () => {
    const gain = (order: LotRule['order']) =>
      through({ order, washDays: 0 }, [...bought, [9, -15, 110]]).gains[3];
    expect(gain('fifo')).to.equal(10 * 10 + 5 * -10);
    expect(gain('lifo')).to.equal(10 * 20 + 5 * -10);
    expect(gain('hifo')).to.equal(10 * -10 + 5 * 10);
  });

  it('what a sale would give up at a loss of some share, in its order', () => {
    const { book } = through(plain, bought);
    const at = (order: LotRule['order'], price: number, share: number) =>
      unitsAtLoss(book, price, share, order);
    // Costs are 100, 120 and 90, in the order of purchase.
    expect([at('fifo', 95, 0.05), at('lifo', 95, 0.05), at('hifo', 95, 0.05)]).to.deep.equal([20, 0, 20]);
    expect([at('fifo', 95, 0.1), at('hifo', 95, 0.1)]).to.deep.equal([0, 10]);
    expect(at('fifo', 80, 0.05)).to.equal(30);
    expect(unitsAtLoss(through(plain, [[1, -5, 100]]).book, 200, 0, 'fifo')).to.equal(0);
    expect([2, 3, 4].map((day) => unitsBoughtSince(book, day))).to.deep.equal([20, 10, 0]);
  });

  it('selling what stands at a loss realises losses alone, and the next unit none so great (law)', () => {
    const trades = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 50, max: 150 })), {
      minLength: 1,
      maxLength: 8,
    });
    const orders = fc.constantFrom<LotRule['order']>('fifo', 'lifo', 'hifo');
    fc.assert(
      fc.property(trades, orders, fc.integer({ min: 50, max: 150 }), (purchases, order, price) => {
        const { book } = through(
          plain,
          purchases.map(([units, cost], t) => [t, units, cost]),
        );
        const units = unitsAtLoss(book, price, 0.1, order);
        const sell = (more: number) =>
          tradeLots(book, { day: 99, units: -more, price }, { order, washDays: 0 }).realised;
        const losing = ({ gain }: { readonly gain: number }) => gain < 0;
        if (units > 0) expect(sell(units).every(losing)).to.equal(true);
        if (units === unitsOf(book)) return;
        const next = sell(units + 1).reduce((sum, { gain }) => sum + gain, 0);
        const before = units > 0 ? sell(units).reduce((sum, { gain }) => sum + gain, 0) : 0;
        const cost = price - (next - before);
        expect(price).to.be.above((1 - 0.1) * cost - 1e-9);
      }),
    );
  });

  it('short sales realise when they are bought back, and a trade may cross from long to short', () => {
    const { book, gains } = through(plain, [
      [1, 10, 100],
      [2, -15, 110],
      [4, 5, 90],
    ]);
    expect(gains).to.deep.equal([0, 100, 100]);
    expect(book.lots).to.deep.equal([]);
  });

  it('a loss counts where nothing is bought back within thirty days', () => {
    const { gains, book } = through(washing, [
      [1, 10, 100],
      [50, -10, 80],
      [81, 10, 85],
    ]);
    expect(gains).to.deep.equal([0, -200, 0]);
    expect(book.lots).to.deep.equal([{ units: 10, basis: 85, day: 81 }]);
  });

  it('a purchase afterwards takes the loss back, into its own basis, with the holding period', () => {
    const { gains, book } = through(washing, [
      [1, 10, 100],
      [50, -10, 80],
      [80, 6, 85],
    ]);
    expect(gains).to.deep.equal([0, -200, 120]);
    expect(book.lots).to.deep.equal([{ units: 6, basis: 105, day: 80 - 49, replaces: 6 }]);
    expect(book.losses).to.deep.equal([{ units: 4, lossPerUnit: 20, day: 50, heldDays: 49 }]);
  });

  it('so does a purchase before, once: what already stands in for other units takes over nothing', () => {
    const { gains, book } = through(washing, [
      [1, 10, 100],
      [40, 4, 90],
      [50, -6, 80],
      [51, -4, 70],
    ]);
    expect(gains).to.deep.equal([0, 0, -40, -120]);
    expect(unitsOf(book)).to.equal(4);
    expect(book.lots[0]!.basis).to.equal(110);
  });

  it('what is left of a lot does not stand in for the part of it that was sold', () => {
    const { gains } = through(washing, [
      [1, 10, 100],
      [5, -4, 90],
    ]);
    expect(gains).to.deep.equal([0, -40]);
  });

  it('law: gains realised and still open add up to what the trades made, whatever the order and the rule', () => {
    const trade = fc.record({
      wait: fc.integer({ min: 0, max: 40 }),
      units: fc.integer({ min: -20, max: 20 }).filter((u) => u !== 0),
      price: fc.integer({ min: 50, max: 150 }),
    });
    fc.assert(
      fc.property(
        fc.array(trade, { minLength: 1, maxLength: 25 }),
        fc.constantFrom('fifo' as const, 'lifo' as const, 'hifo' as const),
        fc.constantFrom(0, 30),
        (list, order, washDays) => {
          let day = 0;
          const trades = list.map(({ wait, units, price }) => [(day += wait), units, price] as const);
          const { book, gains } = through({ order, washDays }, trades);
          const units = trades.reduce((sum, [, u]) => sum + u, 0);
          const cash = trades.reduce((sum, [, u, p]) => sum - u * p, 0);
          const made = gains.reduce((a, b) => a + b, 0) + unrealised(book, 100);
          expect(unitsOf(book)).to.be.closeTo(units, 1e-9);
          expect(made).to.be.closeTo(cash + 100 * units, 1e-6);
        },
      ),
    );
  });

  const trade = fc.record({
    units: fc.integer({ min: -20, max: 20 }).filter((u) => u !== 0),
    price: fc.integer({ min: 50, max: 150 }),
  });

  /** Unit by unit: each is sold by looking through all that there are. */
  function unitByUnit(
    order: LotRule['order'],
    trades: readonly { units: number; price: number }[],
  ): number[] {
    let held: { side: number; basis: number; day: number; age: number }[] = [];
    let age = 0;
    const first = {
      fifo: (a: number, b: number) => held[a]!.age - held[b]!.age,
      lifo: (a: number, b: number) => held[b]!.day - held[a]!.day || held[a]!.age - held[b]!.age,
      hifo: (a: number, b: number) =>
        held[a]!.side * (held[b]!.basis - held[a]!.basis) || held[a]!.age - held[b]!.age,
    }[order];
    return trades.map(({ units, price }, day) => {
      let gain = 0;
      const side = Math.sign(units);
      for (let u = 0; u < Math.abs(units); u++)
        if (held.length === 0 || held[0]!.side === side) held.push({ side, basis: price, day, age: age++ });
        else {
          const [sold] = [...held.keys()].sort(first);
          gain += held[sold!]!.side * (price - held[sold!]!.basis);
          held = held.filter((_, at) => at !== sold);
        }
      return gain;
    });
  }

  it('law: every order gives the gains of a book of single units that is searched through', () => {
    fc.assert(
      fc.property(
        fc.array(trade, { minLength: 1, maxLength: 30 }),
        fc.constantFrom('fifo' as const, 'lifo' as const, 'hifo' as const),
        (trades, order) => {
          const days = trades.map(({ units, price }, day) => [day, units, price] as const);
          expect(through({ order, washDays: 0 }, days).gains).to.deep.equal(unitByUnit(order, trades));
        },
      ),
    );
  });

  it('closes lots at the cost of a walk over them, however many there are', () => {
    const lots = Array.from({ length: 50_000 }, (_, day) => ({ units: 1, basis: 100 + (day % 997), day }));
    const start = process.cpuUsage();
    for (const order of ['fifo', 'lifo', 'hifo'] as const) {
      const sale = { day: 50_000, units: -37_500, price: 90 };
      const { book, realised } = tradeLots({ lots, losses: [] }, sale, { order, washDays: 30 });
      expect(unitsOf(book)).to.equal(12_500);
      expect(realised.length).to.be.above(37_000);
    }
    // Looking through all lots for each that is closed would take minutes.
    expect(process.cpuUsage(start).user / 1e6).to.be.below(10);
  });
});
