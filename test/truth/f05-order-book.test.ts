import { expect } from 'chai';
import { measures } from '../../market/clearing/order-book-measure.js';
import { sharedJson } from '../shared.js';

interface Case {
  order: string;
  fills?: [string, number, number][];
  n_fills?: number;
  total?: number;
  ask_min?: number;
  bid_max?: number;
  left?: Record<string, number>;
  resting?: [number, number];
}

interface Answer {
  trades: { taker: string; maker: string; price: number; quantity: number }[];
  bids: { id: string; price: number; quantity: number }[];
  asks: { id: string; price: number; quantity: number }[];
}

const limit = (id: string, side: string, price: number, quantity: number) => ({
  id,
  side,
  kind: 'limit',
  price,
  quantity,
});

/** The eight resting orders that the cases start from; sizes that the file does not name are free. */
const seed = [
  limit('1', 'sell', 4010, 750),
  limit('2', 'buy', 3970, 1000),
  limit('3', 'sell', 4020, 1000),
  limit('4', 'buy', 4000, 250),
  limit('5', 'sell', 4010, 500),
  limit('6', 'buy', 4000, 500),
  limit('7', 'buy', 3960, 1000),
  limit('8', 'sell', 4010, 750),
];

function eventsOf(order: string): object[] {
  const cancelled = /^cancel (.*)$/.exec(order);
  if (cancelled)
    return cancelled[1]!.split(',').map((target) => ({ id: `c${target}`, kind: 'cancel', target }));
  const [, side, quantity, price] = /^(\w+) (\d+)@(\d+)$/.exec(order)!;
  return [limit('new', side!, Number(price), Number(quantity))];
}

describe('truth f05: a matching engine’s published cases', () => {
  for (let k = 0; k < 11; k++)
    it(`case ${k}`, function () {
      const { expected } = sharedJson<{ expected: { cases: Case[] } }>(
        this,
        'truth/f05_matching_engine_exchange.json',
      );
      const wanted = expected.cases[k]!;
      const input = measures['order-book'].input.parse({ events: [...seed, ...eventsOf(wanted.order)] });
      const { trades, bids, asks } = measures['order-book'].compute(input) as Answer;
      const resting = [...bids, ...asks];
      if (wanted.fills)
        expect(trades.map(({ maker, quantity, price }) => [maker, quantity, price])).to.deep.equal(
          wanted.fills,
        );
      if (wanted.n_fills) expect(trades).to.have.length(wanted.n_fills);
      if (wanted.total) expect(trades.reduce((sum, trade) => sum + trade.quantity, 0)).to.equal(wanted.total);
      if (wanted.bid_max) expect(bids[0]!.price).to.equal(wanted.bid_max);
      if (wanted.ask_min) expect(asks[0]!.price).to.equal(wanted.ask_min);
      for (const [id, left] of Object.entries(wanted.left ?? {}))
        expect(resting.find((order) => order.id === id)!.quantity).to.equal(left);
      if (wanted.resting)
        expect(resting.find((order) => order.id === 'new')).to.include({
          quantity: wanted.resting[0],
          price: wanted.resting[1],
        });
    });
});
