import { expect } from 'chai';
import fc from 'fast-check';
import { stream } from '../../../core/random.js';
import { callAuction, type AuctionOrders } from '../../../market/clearing/call-auction.js';
import { byLot, proRata } from '../../../market/clearing/rationing.js';

const orders = (...rows: [side: number, limit: number, quantity: number][]): AuctionOrders => ({
  side: rows.map(([side]) => side),
  limit: rows.map(([, limit]) => limit),
  quantity: rows.map(([, , quantity]) => quantity),
});

const run = (book: AuctionOrders, reference = 100) => {
  const { price, volume, filled } = callAuction(book, reference, proRata);
  return { price, volume, filled: [...filled] };
};

describe('callAuction', () => {
  it('says so where nothing can trade', () => {
    const nothing = orders([1, 99, 5], [-1, 101, 5]);
    expect(run(nothing)).to.deep.equal({ price: undefined, volume: 0, filled: [0, 0] });
    expect(run(orders([1, 99, 5])).volume).to.equal(0);
  });

  it('maximises volume', () =>
    expect(run(orders([1, 103, 5], [1, 101, 5], [-1, 99, 3], [-1, 101, 6]))).to.deep.equal({
      price: 101,
      volume: 9,
      filled: [5, 4, 3, 6],
    }));

  it('of equal volumes takes the smallest surplus, between limits too', () =>
    expect(run(orders([1, 102, 10], [1, 98, 5], [-1, 98, 10]), 90)).to.include({ price: 99, volume: 10 }));

  it('of equal surpluses takes the price nearest to the reference', () => {
    const wide = orders([1, 105, 4], [-1, 95, 4]);
    expect([90, 97, 120].map((reference) => run(wide, reference).price)).to.deep.equal([95, 97, 105]);
  });

  it('market orders go first and need no limit to meet', () => {
    expect(run(orders([1, Infinity, 4], [-1, -Infinity, 3]), 42)).to.deep.equal({
      price: 42,
      volume: 3,
      filled: [3, 3],
    });
    expect(run(orders([1, Infinity, 4], [1, 100, 4], [-1, 100, 6])).filled).to.deep.equal([4, 2, 6]);
  });

  it('rations the margin pro rata, or by lot at an address', () => {
    const book = orders([1, 100, 6], [1, 100, 2], [-1, 100, 4]);
    expect(run(book).filled).to.deep.equal([3, 1, 4]);
    const lot = (seed: number) => {
      const draws = stream({ seed, purpose: 'test-auction' });
      return [
        ...callAuction(
          book,
          100,
          byLot((places) => draws.shuffle(places)),
        ).filled,
      ];
    };
    expect(lot(1)).to.deep.equal(lot(1));
    expect(new Set([1, 2, 3, 4, 5, 6, 7, 8].map((seed) => lot(seed).join()))).to.deep.equal(
      new Set(['4,0,4', '2,2,4']),
    );
  });

  const row = fc.tuple(
    fc.constantFrom(1, -1),
    fc.integer({ min: 90, max: 110 }),
    fc.integer({ min: 1, max: 9 }),
  );

  it('law: bought equals sold, nobody trades beyond limit or size, no tick gives more volume', () => {
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 85, max: 115 }),
        (rows, last) => {
          const { price, volume, filled } = run(orders(...rows), last);
          const traded = (side: number) =>
            rows.reduce((sum, [s], i) => sum + (s === side ? filled[i]! : 0), 0);
          const volumeAt = (p: number) => {
            const want = (side: number) =>
              rows.reduce((sum, [s, l, q]) => sum + (s === side && (l - p) * s >= 0 ? q : 0), 0);
            return Math.min(want(1), want(-1));
          };
          expect(traded(1)).to.be.closeTo(volume, 1e-9);
          expect(traded(-1)).to.be.closeTo(volume, 1e-9);
          rows.forEach(([side, limit, quantity], i) => {
            expect(filled[i]).to.be.within(0, quantity);
            if (filled[i]! > 0) expect((limit - price!) * side).to.be.at.least(0);
          });
          for (let p = 85; p <= 115; p++) expect(volumeAt(p)).to.be.at.most(volume);
        },
      ),
    );
  });
});
