import { expect } from 'chai';
import { hold, holderOf, noHolders } from '../../../market/clearing/holders.js';
import { cancelOrder, limitOrder, orderBook, sell } from '../../../market/clearing/order-book.js';

describe('holders of resting orders', () => {
  it('are known by handle, and not of an order that came to the same slot', () => {
    const [book, holders] = [orderBook({ ticks: 8 }), noHolders()];
    const mine = limitOrder(book, sell, 4, 1);
    hold(holders, mine, 7);
    expect(holderOf(holders, mine)).to.equal(7);
    cancelOrder(book, mine);
    const other = limitOrder(book, sell, 4, 1);
    expect(holderOf(holders, other)).to.equal(-1);
    hold(holders, other, 2);
    expect([mine, other].map((handle) => holderOf(holders, handle))).to.deep.equal([-1, 2]);
  });

  it('are as many as orders rest', () => {
    const [book, holders] = [orderBook({ ticks: 8 }), noHolders()];
    const handles = Array.from({ length: 3000 }, () => limitOrder(book, sell, 4, 1));
    expect(holderOf(holders, handles.at(-1)!)).to.equal(-1);
    handles.forEach((handle, row) => hold(holders, handle, row));
    expect(handles.map((handle) => holderOf(holders, handle))).to.deep.equal([...handles.keys()]);
  });
});
