import { expect } from 'chai';
import {
  cholesky,
  choleskySolve,
  inverse,
  matrixVector,
  multiply,
  NotPositiveDefinite,
  Singular,
  solve,
  transpose,
} from '../../../core/linear.js';
import { identity, largestDifference, normalMatrix } from './matrices.js';

describe('cholesky', () => {
  it('factors and solves by hand', () => {
    const a = [4, 2, 2, 2, 5, 3, 2, 3, 6];
    const l = cholesky(a, 3);
    expect([...l]).to.deep.equal([2, 0, 0, 1, 2, 0, 1, 1, 2]);
    expect([...choleskySolve(l, 3, [8, 10, 11])]).to.deep.equal([1, 1, 1]);
  });

  it('names the pivot that is not positive', () => {
    expect(() => cholesky([1, 0, 0, 0, 2, 0, 0, 0, -3], 3))
      .to.throw(NotPositiveDefinite, 'pivot 2 is -3')
      .that.includes({ pivot: 2, value: -3 });
    expect(() => cholesky([1, 1, 1, 1], 2)).to.throw(NotPositiveDefinite, 'pivot 1 is 0');
    expect(() => cholesky([NaN], 1)).to.throw(NotPositiveDefinite);
    expect(() => cholesky([1, 2], 2)).to.throw(RangeError);
  });

  it('reads the lower triangle only', () => {
    expect(cholesky([4, 99, 2, 5], 2)).to.deep.equal(cholesky([4, 2, 2, 5], 2));
  });

  it('solves what it factored, at size 60', () => {
    const n = 60;
    const g = normalMatrix(n, n, 1);
    const a = multiply(g, transpose(g, n, n), n, n, n).map((x, p) => (p % (n + 1) === 0 ? x + 1 : x));
    const x = normalMatrix(n, 1, 2);
    const found = choleskySolve(cholesky(a, n), n, matrixVector(a, x, n, n));
    expect(largestDifference(found, x)).to.be.below(1e-10);
  });
});

describe('solve and inverse', () => {
  it('pivot where the diagonal vanishes', () => {
    expect([...solve([0, 2, 3, 0], 2, [4, 9])]).to.deep.equal([3, 2]);
    expect([...inverse([0, 2, 4, 0], 2)]).to.deep.equal([0, 0.25, 0.5, 0]);
    expect([...solve([1e-20, 1, 1, 1], 2, [1, 2])]).to.deep.equal([1, 1]);
  });

  it('leave their arguments as they were', () => {
    const a = Float64Array.of(0, 2, 3, 0);
    const b = Float64Array.of(4, 9);
    solve(a, 2, b);
    expect([...a, ...b]).to.deep.equal([0, 2, 3, 0, 4, 9]);
  });

  it('name the column without a pivot', () => {
    expect(() => solve([1, 2, 2, 4], 2, [1, 1]))
      .to.throw(Singular, 'column 1')
      .that.includes({ column: 1 });
    expect(() => inverse([0, 0, 0, 0], 2)).to.throw(Singular, 'column 0');
    expect(() => solve([NaN], 1, [1])).to.throw(Singular);
    expect(() => solve([1, 2, 3, 4], 2, [1])).to.throw(RangeError);
  });

  it('undo a product, at size 50', () => {
    const n = 50;
    const a = normalMatrix(n, n, 3);
    const x = normalMatrix(n, 1, 4);
    expect(largestDifference(solve(a, n, matrixVector(a, x, n, n)), x)).to.be.below(1e-10);
    expect(largestDifference(multiply(inverse(a, n), a, n, n, n), identity(n))).to.be.below(1e-10);
  });
});
