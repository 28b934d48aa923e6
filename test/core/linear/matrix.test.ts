import { expect } from 'chai';
import { covariance, fromRows, matrixVector, multiply, toRows, transpose } from '../../../core/linear.js';

describe('matrix', () => {
  it('goes to rows and back', () => {
    const flat = fromRows([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect([...flat]).to.deep.equal([1, 2, 3, 4, 5, 6]);
    expect(toRows(flat, 2, 3)).to.deep.equal([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(fromRows([])).to.have.length(0);
    expect(() => fromRows([[1, 2], [3]])).to.throw(RangeError, 'row 1 has 1');
    expect(() => toRows(flat, 2, 2)).to.throw(RangeError, '2 x 2');
  });

  it('multiplies and transposes by hand', () => {
    const a = [1, 2, 3, 4, 5, 6];
    expect([...multiply(a, [1, 0, 0, 1, 1, 1], 2, 3, 2)]).to.deep.equal([4, 5, 10, 11]);
    expect([...transpose(a, 2, 3)]).to.deep.equal([1, 4, 2, 5, 3, 6]);
    expect([...matrixVector(a, [1, -1, 2], 2, 3)]).to.deep.equal([5, 11]);
    expect(() => multiply(a, a, 2, 3, 3)).to.throw(RangeError, '3 x 3');
    expect(() => matrixVector(a, [1, 2], 2, 3)).to.throw(RangeError);
  });
});

describe('covariance', () => {
  const observations = [1, 2, 2, 4, 3, 9];

  it('is the sample covariance by hand', () => {
    expect([...covariance(observations, 3, 2)]).to.deep.equal([1, 3.5, 3.5, 13]);
    const population = covariance(observations, 3, 2, 0);
    expect(population[0]).to.be.closeTo(2 / 3, 1e-15);
    expect(population[3]).to.be.closeTo(26 / 3, 1e-14);
  });

  it('is exactly 0 for a series that does not vary, and refuses too few observations', () => {
    expect([...covariance([0.1, 1, 0.1, 2, 0.1, 4], 3, 2)].slice(0, 3)).to.deep.equal([0, 0, 0]);
    expect(() => covariance([1, 2], 1, 2)).to.throw(RangeError, '1 observations with ddof 1');
  });
});
