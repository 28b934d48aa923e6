import { expect } from 'chai';
import {
  buy,
  cancelOrder,
  limitOrder,
  marketOrder,
  orderBook,
  replaceOrder,
  restingOrders,
  sell,
} from '../../../market/clearing/order-book.js';

describe('order book', () => {
  it('a handle dies with its order, though its slot lives on', () => {
    const book = orderBook({ ticks: 8 });
    const first = limitOrder(book, buy, 3, 1);
    expect(cancelOrder(book, first)).to.equal(true);
    const second = limitOrder(book, buy, 3, 1);
    expect(second).to.not.equal(first);
    expect(cancelOrder(book, first)).to.equal(false);
    expect(replaceOrder(book, first, 2, 1)).to.equal(0);
    expect(restingOrders(book, buy).map(({ handle }) => handle)).to.deep.equal([second]);
  });

  it('a market order says what found no counterpart', () => {
    const book = orderBook({ ticks: 8 });
    limitOrder(book, sell, 0, 2);
    expect(marketOrder(book, buy, 5)).to.equal(3);
    expect([book.bestBid, book.bestAsk]).to.deep.equal([-1, 8]);
  });

  it('holds and refinds more orders and ticks than it started with room for', () => {
    const book = orderBook({ ticks: 40000 });
    const handles = Array.from({ length: 5000 }, (_, k) => limitOrder(book, sell, (k * 7919) % 40000, 1));
    expect(restingOrders(book, sell)).to.have.length(5000);
    expect(marketOrder(book, buy, 200)).to.equal(0);
    expect(book.fills.count).to.equal(200);
    expect(handles.filter((handle) => cancelOrder(book, handle))).to.have.length(4800);
    expect(book.bestAsk).to.equal(40000);
  });

  describe('self-trade prevention', () => {
    const meet = (selfTrade: 'allow' | 'cancel-resting' | 'cancel-incoming') => {
      const book = orderBook({ ticks: 8, selfTrade });
      limitOrder(book, sell, 3, 1, 7);
      limitOrder(book, sell, 4, 1, 9);
      const rests = limitOrder(book, buy, 4, 3, 7) > 0;
      return { trades: book.fills.count, rests, asks: restingOrders(book, sell).length };
    };

    it('allow: own orders meet', () =>
      expect(meet('allow')).to.deep.equal({ trades: 2, rests: true, asks: 0 }));
    it('cancel-resting: the older goes, the newer trades on', () =>
      expect(meet('cancel-resting')).to.deep.equal({ trades: 1, rests: true, asks: 0 }));
    it('cancel-incoming: the newer goes', () =>
      expect(meet('cancel-incoming')).to.deep.equal({ trades: 0, rests: false, asks: 2 }));

    it('orders of nobody meet each other', () => {
      const book = orderBook({ ticks: 8, selfTrade: 'cancel-incoming' });
      limitOrder(book, sell, 3, 1);
      limitOrder(book, buy, 3, 1);
      expect(book.fills.count).to.equal(1);
    });
  });
});
