import { expect } from 'chai';
import { addPayment, copyPayments, noPayments } from '../../market/payment-columns.js';

describe('payment columns', () => {
  it('keep every payment as they grow', () => {
    const columns = noPayments();
    for (let row = 0; row < 1000; row++) addPayment(columns, 'dividend', row, 2 * row, row / 4);
    expect(columns.length).to.equal(1000);
    expect(columns.kind).to.have.length(1000);
    for (let row = 0; row < 1000; row++)
      expect([columns.from[row], columns.to[row], columns.amount[row]]).to.deep.equal([
        row,
        2 * row,
        row / 4,
      ]);
  });

  it('a copy grows alone', () => {
    const columns = noPayments();
    addPayment(columns, 'inflow', 1, 2, 3);
    const copy = copyPayments(columns);
    addPayment(copy, 'redemption', 4, 5, 6);
    expect([columns.length, copy.length]).to.deep.equal([1, 2]);
    expect(columns.kind).to.deep.equal(['inflow']);
    expect(columns.amount[1]).to.equal(0);
  });
});
