import { expect } from 'chai';
import { csrFromDense, csrFromTriplets, denseFromCsr, transpose } from '../../../market/contagion/csr.js';
import { columnSums, product, rowSums, transposedProduct } from '../../../market/contagion/product.js';

const dense = [
  [0, 2, 0],
  [1, 0, 3],
];

describe('sparse matrices', () => {
  it('come and go as rows of numbers', () => {
    expect(denseFromCsr(csrFromDense(dense))).to.deep.equal(dense);
    expect(denseFromCsr(transpose(csrFromDense(dense)))).to.deep.equal([
      [0, 1],
      [2, 0],
      [0, 3],
    ]);
  });

  it('sum the entries of one cell and sort columns', () => {
    const matrix = csrFromTriplets(2, 3, { row: [1, 0, 1, 1], column: [2, 1, 0, 2], value: [1, 2, 1, 2] });
    expect(denseFromCsr(matrix)).to.deep.equal(dense);
    expect([...matrix.index]).to.deep.equal([1, 0, 2]);
  });

  it('multiply from both sides', () => {
    const matrix = csrFromDense(dense);
    const out = new Float64Array(2);
    product(matrix, Float64Array.from([1, 10, 100]), out);
    expect([...out]).to.deep.equal([20, 301]);
    const across = new Float64Array(3);
    transposedProduct(matrix, Float64Array.from([1, 10]), across);
    expect([...across]).to.deep.equal([10, 2, 30]);
    expect([...rowSums(matrix)]).to.deep.equal([2, 4]);
    expect([...columnSums(matrix)]).to.deep.equal([1, 2, 3]);
  });

  it('name what is wrong', () => {
    const entry = (row: number, column: number, value: number) => () =>
      csrFromTriplets(2, 2, { row: [row], column: [column], value: [value] });
    expect(entry(2, 0, 1)).to.throw(RangeError, 'row 2');
    expect(entry(0, -1, 1)).to.throw(RangeError, 'column -1');
    expect(entry(0, 1, NaN)).to.throw(RangeError, 'row 0, column 1');
    expect(() => csrFromDense([[1, 2], [3]])).to.throw(RangeError, 'row 1');
  });
});
