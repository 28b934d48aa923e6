import { expect } from 'chai';
import { measures } from '../../../market/clearing/order-book-measure.js';

const { input, compute } = measures['order-book'];
const run = (events: object[]) =>
  compute(input.parse({ events })) as Record<'trades' | 'bids' | 'asks', Record<string, unknown>[]>;
const paths = (events: object[]) =>
  input.safeParse({ events }).error!.issues.map(({ path }) => path.join('.'));
const limit = (id: string | number, side: string, price: number, quantity: number) => ({
  id,
  side,
  kind: 'limit',
  price,
  quantity,
});

describe('measure order-book', () => {
  it('a market order walks the book and its rest is discarded', () => {
    const { trades, asks, bids } = run([
      limit(1, 'sell', 10.25, 2),
      limit(2, 'sell', 10.5, 2),
      { id: 3, side: 'buy', kind: 'market', quantity: 5 },
    ]);
    expect(trades).to.deep.equal([
      { taker: 3, maker: 1, price: 10.25, quantity: 2 },
      { taker: 3, maker: 2, price: 10.5, quantity: 2 },
    ]);
    expect([asks, bids]).to.deep.equal([[], []]);
  });

  it('a smaller quantity keeps the place, a larger one or another price loses it', () => {
    const queue = [limit('a', 'buy', 5, 4), limit('b', 'buy', 5, 4)];
    const ids = (replace: object) =>
      run([...queue, { id: 'r', kind: 'replace', target: 'a', ...replace }]).bids;
    expect(ids({ quantity: 3 }).map(({ id }) => id)).to.deep.equal(['a', 'b']);
    expect(ids({ quantity: 5 }).map(({ id }) => id)).to.deep.equal(['b', 'a']);
    expect(ids({ price: 4 })).to.deep.equal([
      { id: 'b', price: 5, quantity: 4 },
      { id: 'a', price: 4, quantity: 4 },
    ]);
  });

  it('a replacement that crosses trades, and the order is cancelled by either name', () => {
    const { trades, bids } = run([
      limit('s', 'sell', 7, 1),
      limit('a', 'buy', 5, 4),
      { id: 'r', kind: 'replace', target: 'a', price: 7 },
      { id: 'c', kind: 'cancel', target: 'r' },
    ]);
    expect(trades).to.deep.equal([{ taker: 'a', maker: 's', price: 7, quantity: 1 }]);
    expect(bids).to.deep.equal([]);
  });

  it('what has traded cannot be replaced or cancelled any more', () => {
    const { bids } = run([
      limit('a', 'buy', 5, 4),
      limit('s', 'sell', 5, 4),
      { id: 'r', kind: 'replace', target: 'a', quantity: 9 },
      { id: 'c', kind: 'cancel', target: 'a' },
    ]);
    expect(bids).to.deep.equal([]);
  });

  it('a partly filled order is replaced from what is left', () => {
    const { bids } = run([
      limit('a', 'buy', 5, 4),
      limit('s', 'sell', 5, 1),
      { id: 'r', kind: 'replace', target: 'a', price: 4 },
    ]);
    expect(bids).to.deep.equal([{ id: 'a', price: 4, quantity: 3 }]);
  });

  it('a price that is not positive is refused with the reason that a size is', () => {
    const said = (event: object): string[] =>
      input
        .safeParse({ events: [limit('s', 'sell', 5, 1), event] })
        .error!.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    for (const price of [0, -1]) {
      expect(said(limit('a', 'buy', price, 1))).to.deep.equal(['events.1.price: must be positive']);
      expect(said({ id: 'r', kind: 'replace', target: 's', price })).to.deep.equal([
        'events.1.price: must be positive',
      ]);
    }
    expect(said(limit('a', 'buy', 5, -1))).to.deep.equal(['events.1.quantity: must be positive']);
    expect(said(limit('a', 'buy', NaN, 1))).to.deep.equal(['events.1.price: must be a finite number']);
  });

  it('names the event of what is wrong', () => {
    expect(paths([limit('a', 'buy', 5, -1)])).to.deep.equal(['events.0.quantity']);
    expect(paths([limit('a', 'buy', 5, 1), limit('a', 'buy', 5, 1)])).to.deep.equal(['events.1.id']);
    expect(paths([{ id: 'c', kind: 'cancel', target: 'x' }])).to.deep.equal(['events.0.target']);
    expect(paths([{ id: 'm', kind: 'market', side: 'buy', quantity: 1, price: 3 }])).to.deep.equal([
      'events.0',
    ]);
    expect(
      paths([limit('a', 'buy', 5, 1), { id: 'r', kind: 'replace', target: 'a', side: 'sell' }]),
    ).to.deep.equal(['events.1.side']);
  });
});
