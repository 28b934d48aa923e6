import { expect } from 'chai';
import { paymentKinds, paymentKindNames } from '../../core/payment-kinds.js';
import { addPayment, joinedPayments, noPayments } from '../../market/payment-columns.js';

describe('payment columns', () => {
  it('keep every payment as they grow', () => {
    const columns = noPayments();
    for (let row = 0; row < 1000; row++)
      addPayment(columns, paymentKinds.dividend.code, row, 2 * row, row / 4);
    expect(columns.length).to.equal(1000);
    for (let row = 0; row < 1000; row++)
      expect([columns.from[row], columns.to[row], columns.amount[row]]).to.deep.equal([
        row,
        2 * row,
        row / 4,
      ]);
    const kinds = Array.from(columns.kind.subarray(0, 1000), (code) => paymentKindNames[code]);
    expect(new Set(kinds)).to.deep.equal(new Set(['dividend']));
  });

  it('grow from none', () => {
    const columns = noPayments(0);
    addPayment(columns, paymentKinds.capital.code, 1, 2, 3);
    expect(Array.from(columns.amount.subarray(0, columns.length))).to.deep.equal([3]);
  });

  it('are joined in their order, and left as they were', () => {
    const [morning, close] = [noPayments(), noPayments(1)];
    addPayment(morning, paymentKinds.inflow.code, 1, 2, 3);
    addPayment(close, paymentKinds.redemption.code, 4, 5, 6);
    addPayment(close, paymentKinds.benefit.code, 7, 8, 9);
    const { length, kind, from, to, amount } = joinedPayments([morning, noPayments(), close]);
    expect(length).to.equal(3);
    const names = Array.from(kind, (code) => paymentKindNames[code]);
    expect(names).to.deep.equal(['inflow', 'redemption', 'benefit']);
    expect([from, to, amount].map((column) => Array.from(column))).to.deep.equal([
      [1, 4, 7],
      [2, 5, 8],
      [3, 6, 9],
    ]);
    expect([morning.length, close.length]).to.deep.equal([1, 2]);
  });
});
