import { expect } from 'chai';
import fc from 'fast-check';
import {
  anonymous,
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
import { selfTradePolicies, type SelfTradePolicy } from '../../market/clearing/self-trade.js';

interface NaiveOrder {
  readonly name: number;
  readonly side: Side;
  readonly tick: number;
  readonly owner: number;
  quantity: number;
}

/** The book as one would write it down: a list in order of arrival, searched from the start every time. */
interface Naive {
  readonly selfTrade: SelfTradePolicy;
  orders: NaiveOrder[];
  trades: [taker: number, maker: number, tick: number, quantity: number][];
  /** Times an order met one of its own owner's. */
  selfMeetings: number;
}

/** Trades what is within the order's tick; gives what is left of it. */
function naiveMatch(book: Naive, { name, side, tick: limit, owner, quantity }: NaiveOrder): number {
  let left = quantity;
  while (left > 0) {
    const reachable = book.orders.filter((o) => o.side === -side && (limit - o.tick) * side >= 0);
    if (reachable.length === 0) break;
    const maker = reachable.reduce((best, o) => ((best.tick - o.tick) * side > 0 ? o : best));
    const isOwn = owner !== anonymous && maker.owner === owner;
    if (isOwn) book.selfMeetings += 1;
    if (isOwn && book.selfTrade === 'cancel-incoming') return 0;
    if (isOwn && book.selfTrade === 'cancel-resting') {
      book.orders = book.orders.filter((o) => o !== maker);
      continue;
    }
    const traded = Math.min(left, maker.quantity);
    book.trades.push([name, maker.name, maker.tick, traded]);
    left -= traded;
    maker.quantity -= traded;
    book.orders = book.orders.filter((o) => o.quantity > 0);
  }
  return left;
}

function naiveLimit(book: Naive, order: NaiveOrder): void {
  const left = naiveMatch(book, order);
  if (left > 0) book.orders.push({ ...order, quantity: left });
}

function naiveReplace(book: Naive, name: number, tick: number, quantity: number): void {
  const order = book.orders.find((o) => o.name === name);
  if (!order) return;
  if (order.tick === tick && quantity <= order.quantity) {
    order.quantity = quantity;
    return;
  }
  book.orders = book.orders.filter((o) => o !== order);
  naiveLimit(book, { ...order, tick, quantity });
}

const naiveSide = (book: Naive, side: Side): [number, number, number, number][] =>
  book.orders
    .filter((o) => o.side === side)
    .sort((a, b) => (b.tick - a.tick) * side)
    .map(({ name, tick, quantity, owner }) => [name, tick, quantity, owner]);

const ticks = 100;
const event = fc.record({
  kind: fc.constantFrom('limit', 'limit', 'limit', 'cancel', 'market', 'replace'),
  side: fc.constantFrom<Side>(buy, sell),
  tick: fc.oneof(fc.integer({ min: 45, max: 55 }), fc.integer({ min: 0, max: ticks - 1 })),
  quantity: fc.integer({ min: 1, max: 9 }),
  owner: fc.constantFrom(anonymous, 0, 1, 2),
  target: fc.nat(200),
});

describe('law: order book', () => {
  for (const selfTrade of Object.keys(selfTradePolicies) as SelfTradePolicy[])
    it(`trades and rests as the naive reference does, event by event; self-trades: ${selfTrade}`, () => {
      let selfMeetings = 0;
      fc.assert(
        fc.property(fc.array(event, { maxLength: 120, size: 'max' }), (events) => {
          const book = orderBook({ ticks, selfTrade });
          const naive: Naive = { selfTrade, orders: [], trades: [], selfMeetings: 0 };
          const handles = new Map<number, number>();
          const names = new Map<number, number>();
          const name = (k: number, handle: number) => handles.set(k, handle) && names.set(handle, k);
          events.forEach(({ kind, side, tick, quantity, owner, target }, k) => {
            naive.trades = [];
            let taker = k;
            if (kind === 'limit') {
              name(k, limitOrder(book, side, tick, quantity, owner));
              naiveLimit(naive, { name: k, side, tick, quantity, owner });
            } else if (kind === 'market') {
              marketOrder(book, side, quantity, owner);
              naiveMatch(naive, { name: k, side, tick: side * Infinity, quantity, owner });
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
                restingOrders(book, of).map((o) => [names.get(o.handle), o.tick, o.quantity, o.owner]),
              ).to.deep.equal(naiveSide(naive, of));
            expect(book.bestBid).to.be.below(book.bestAsk);
          });
          selfMeetings += naive.selfMeetings;
        }),
        { numRuns: 200 },
      );
      expect(selfMeetings, 'orders that met their own').to.be.above(100);
    });
});
