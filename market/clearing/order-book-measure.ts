import { z } from 'zod';
import { measure, type Measure } from '../../core/measure.js';
import { positive } from '../../core/measure-input.js';
import {
  buy,
  cancelOrder,
  limitOrder,
  marketOrder,
  orderBook,
  replaceOrder,
  restingOrders,
  sell,
  type OrderBook,
  type Side,
} from './order-book.js';

const id = z.union([z.string().min(1, 'must not be empty'), z.int()], 'must be a text or a whole number');
const side = z.enum(['buy', 'sell']);

const event = z.discriminatedUnion('kind', [
  z.strictObject({ id, kind: z.literal('limit'), side, price: positive, quantity: positive }),
  z.strictObject({ id, kind: z.literal('market'), side, quantity: positive }),
  z.strictObject({ id, kind: z.literal('cancel'), target: id }),
  z.strictObject({
    id,
    kind: z.literal('replace'),
    target: id,
    side: side.optional(),
    price: positive.optional(),
    quantity: positive.optional(),
  }),
]);

type Event = z.output<typeof event>;
type Id = z.output<typeof id>;
type Kind<K extends Event['kind']> = Extract<Event, { kind: K }>;

const input = z.strictObject({ events: z.array(event).min(1, 'must not be empty') }).superRefine(checkIds);

/** Every id once; every target an earlier limit order, or an earlier replacement of one; a replacement keeps its side. */
function checkIds({ events }: { events: Event[] }, context: z.core.$RefinementCtx): void {
  const sides = new Map<string, 'buy' | 'sell' | undefined>();
  const issue = (k: number, key: string, message: string): void =>
    context.addIssue({ code: 'custom', path: ['events', k, key], message });
  events.forEach((event, k) => {
    const target = 'target' in event ? sides.get(String(event.target)) : undefined;
    if (sides.has(String(event.id))) issue(k, 'id', `${event.id} has been used by an earlier event`);
    if ('target' in event && !target) issue(k, 'target', `${event.target} names no earlier limit order`);
    if (event.kind === 'replace' && target && event.side !== undefined && event.side !== target)
      issue(k, 'side', `${event.target} is a ${target} order, and a replacement keeps its side`);
    sides.set(String(event.id), event.kind === 'limit' ? event.side : target);
  });
}

/** A limit order's names and whereabouts. */
interface Known {
  readonly id: Id;
  handle: number;
  tick: number;
  left: number;
}

interface Trade {
  readonly taker: Id;
  readonly maker: Id;
  readonly price: number;
  readonly quantity: number;
}

/** The book with the names that a user gave. */
interface Desk {
  readonly book: OrderBook;
  readonly prices: readonly number[];
  readonly tickOf: ReadonlyMap<number, number>;
  readonly known: Map<string, Known>;
  readonly byHandle: Map<number, Known>;
  readonly trades: Trade[];
}

const sideOf: Record<'buy' | 'sell', Side> = { buy, sell };

/** Takes down what the last event traded; the taker, if it is a limit order, has so much less left. */
function report(desk: Desk, taker: Id, incoming?: Known): void {
  const { count, maker, tick, quantity } = desk.book.fills;
  for (let k = 0; k < count; k++) {
    const resting = desk.byHandle.get(maker[k]!)!;
    resting.left -= quantity[k]!;
    if (incoming) incoming.left -= quantity[k]!;
    desk.trades.push({ taker, maker: resting.id, price: desk.prices[tick[k]!]!, quantity: quantity[k]! });
  }
}

function limit(desk: Desk, { id, side, price, quantity }: Kind<'limit'>): void {
  const tick = desk.tickOf.get(price)!;
  const order = { id, tick, left: quantity, handle: limitOrder(desk.book, sideOf[side], tick, quantity) };
  desk.known.set(String(id), order);
  desk.byHandle.set(order.handle, order);
  report(desk, id, order);
}

function market(desk: Desk, { id, side, quantity }: Kind<'market'>): void {
  marketOrder(desk.book, sideOf[side], quantity);
  report(desk, id);
}

/** An order that has traded or was cancelled is gone: cancelling it again changes nothing. */
const cancel = (desk: Desk, { target }: Kind<'cancel'>): void =>
  void cancelOrder(desk.book, desk.known.get(String(target))!.handle);

function replace(desk: Desk, { id, target, price, quantity }: Kind<'replace'>): void {
  const order = desk.known.get(String(target))!;
  desk.known.set(String(id), order);
  const tick = price === undefined ? order.tick : desk.tickOf.get(price)!;
  const [wanted, before] = [quantity ?? order.left, order.handle];
  order.handle = replaceOrder(desk.book, before, tick, wanted);
  if (order.handle === 0 && desk.book.fills.count === 0) return;
  Object.assign(order, { tick, left: wanted });
  desk.byHandle.set(order.handle, order);
  report(desk, order.id, order);
}

const handlers = { limit, market, cancel, replace };

function openDesk(events: readonly Event[]): Desk {
  const named = events.flatMap((event) =>
    'price' in event && event.price !== undefined ? [event.price] : [],
  );
  const prices = [...new Set(named)].sort((a, b) => a - b);
  return {
    book: orderBook({ ticks: Math.max(1, prices.length) }),
    prices,
    tickOf: new Map(prices.map((price, tick) => [price, tick])),
    known: new Map(),
    byHandle: new Map(),
    trades: [],
  };
}

const atRest = ({ book, byHandle, prices }: Desk, of: Side) =>
  restingOrders(book, of).map(({ handle, tick, quantity }) => ({
    id: byHandle.get(handle)!.id,
    price: prices[tick]!,
    quantity,
  }));

function run({ events }: { events: Event[] }) {
  const desk = openDesk(events);
  for (const event of events) (handlers[event.kind] as (desk: Desk, event: Event) => void)(desk, event);
  return { trades: desk.trades, bids: atRest(desk, buy), asks: atRest(desk, sell) };
}

/** What `herdscope measure` runs. */
export const measures = {
  'order-book': measure({
    summary: 'Trades and the book that remains when orders meet in a continuous double auction.',
    formula: 'best price first, then oldest first; a trade is at the resting order’s price',
    range: 'bids below asks; prices and quantities positive',
    source: 'Harris 2003, Trading and Exchanges, chapter 6',
    pitfall:
      'a replaced order keeps its id, and its place in the queue only where price stays and quantity falls; ' +
      'cancelling or replacing an order that is gone changes nothing',
    input,
    example: {
      events: [
        { id: 'a', side: 'sell', kind: 'limit', price: 4010, quantity: 750 },
        { id: 'b', side: 'buy', kind: 'limit', price: 4010, quantity: 1000 },
      ],
    },
    compute: run,
  }),
} satisfies Record<string, Measure>;
