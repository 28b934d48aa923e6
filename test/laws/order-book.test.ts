import { expect } from 'chai';
import fc from 'fast-check';
import {
  buy,
  cancelOrder,
  limitOrder,
  marketOrder,
  orderBook,
  replaceOrder,
  restingOrders,
  sell,
  type Side,
} from '../../market/clearing/order-book.js';

/** The book as one would write it down: a list in order of arrival, searched from the start every time. */
interface Naive {
  orders: { name: number; side: Side; tick: number; quantity: number }[];
  trades: [taker: number, maker: number, tick: number, quantity: number][];
}

function naiveMatch(book: Naive, name: number, side: Side, limit: number, quantity: number): number {
  let left = quantity;
  while (left > 0) {
    const reachable = book.orders.filter((o) => o.side === -side && (limit - o.tick) * side >= 0);
    if (reachable.length === 0) break;
    const maker = reachable.reduce((best, o) => ((best.tick - o.tick) * side > 0 ? o : best));
    const traded = Math.min(left, maker.quantity);
    book.trades.push([name, maker.name, maker.tick, traded]);
    left -= traded;
    maker.quantity -= traded;
    book.orders = book.orders.filter((o) => o.quantity > 0);
  }
  return left;
}

function naiveLimit(book: Naive, name: number, side: Side, tick: number, quantity: number): void {
  const left = naiveMatch(book, name, side, tick, quantity);
  if (left > 0) book.orders.push({ name, side, tick, quantity: left });
}

function naiveReplace(book: Naive, name: number, tick: number, quantity: number): void {
  const order = book.orders.find((o) => o.name === name);
  if (!order) return;
  if (order.tick === tick && quantity <= order.quantity) {
    order.quantity = quantity;
    return;
  }
  book.orders = book.orders.filter((o) => o !== order);
  naiveLimit(book, name, order.side, tick, quantity);
}

const naiveSide = (book: Naive, side: Side): [number, number, number][] =>
  book.orders
    .filter((o) => o.side === side)
    .sort((a, b) => (b.tick - a.tick) * side)
    .map(({ name, tick, quantity }) => [name, tick, quantity]);

const ticks = 100;
const event = fc.record({
  kind: fc.constantFrom('limit', 'limit', 'limit', 'cancel', 'market', 'replace'),
  side: fc.constantFrom<Side>(buy, sell),
  tick: fc.oneof(fc.integer({ min: 45, max: 55 }), fc.integer({ min: 0, max: ticks - 1 })),
  quantity: fc.integer({ min: 1, max: 9 }),
  target: fc.nat(200),
});

describe('law: order book', () => {
  it('trades and rests as the naive reference does, event by event', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 120 }), (events) => {
        const [book, naive]: [ReturnType<typeof orderBook>, Naive] = [
          orderBook({ ticks }),
          { orders: [], trades: [] },
        ];
        const handles = new Map<number, number>();
        const names = new Map<number, number>();
        const name = (k: number, handle: number) => handles.set(k, handle) && names.set(handle, k);
        events.forEach(({ kind, side, tick, quantity, target }, k) => {
          naive.trades = [];
          let taker = k;
          if (kind === 'limit') {
            name(k, limitOrder(book, side, tick, quantity));
            naiveLimit(naive, k, side, tick, quantity);
          } else if (kind === 'market') {
            marketOrder(book, side, quantity);
            naiveMatch(naive, k, side, side * Infinity, quantity);
          } else if (kind === 'cancel') {
            cancelOrder(book, handles.get(target) ?? 0);
            naive.orders = naive.orders.filter((o) => o.name !== target);
          } else {
            taker = target;
            const before = handles.get(target) ?? 0;
            name(target, replaceOrder(book, before, tick, quantity));
            naiveReplace(naive, target, tick, quantity);
          }
          const { count, maker, tick: at, quantity: size } = book.fills;
          const trades = Array.from({ length: count }, (_, f) => [
            taker,
            names.get(maker[f]!),
            at[f],
            size[f],
          ]);
          expect(trades).to.deep.equal(naive.trades);
          for (const of of [buy, sell])
            expect(
              restingOrders(book, of).map((o) => [names.get(o.handle), o.tick, o.quantity]),
            ).to.deep.equal(naiveSide(naive, of));
          expect(book.bestBid).to.be.below(book.bestAsk);
        });
      }),
      { numRuns: 200 },
    );
  });
});
