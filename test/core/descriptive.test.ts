import { expect } from 'chai';
import fc from 'fast-check';
import {
  blockSum,
  correlation,
  dot,
  logSumExp,
  mean,
  quantile,
  quantileOfSorted,
  sum,
  variance,
} from '../../core/numeric.js';

describe('sums', () => {
  it('add from left to right', () => {
    expect(sum([])).to.equal(0);
    expect(sum([1e16, 1, -1e16])).to.equal(0);
    expect(sum([1e16, -1e16, 1])).to.equal(1);
  });

  it('by blocks adds the sums of 64 at a time', () => {
    const values = Array.from({ length: 200 }, (_, i) => 1 / (i + 3));
    const parts = [0, 64, 128, 192].map((start) => sum(values.slice(start, start + 64)));
    expect(blockSum(values)).to.equal(sum(parts));
    expect(blockSum(values)).not.to.equal(sum(values));
    expect(blockSum([])).to.equal(0);
  });

  it('dot multiplies pairwise and refuses unequal lengths', () => {
    expect(dot([1, 2, 3], Float64Array.of(4, 5, 6))).to.equal(32);
    expect(() => dot([1], [1, 2])).to.throw(RangeError, 'lengths 1 and 2');
  });
});

describe('moments', () => {
  it('mean and variance by hand', () => {
    expect(mean([1, 2, 3, 6])).to.equal(3);
    expect(variance([1, 2, 3, 6])).to.equal(3.5);
    expect(variance([1, 2, 3, 6], 1)).to.equal(14 / 3);
    expect(mean([])).to.be.NaN;
    expect(variance([4], 1)).to.be.NaN;
  });

  it('variance does not cancel far from zero', () => {
    expect(variance([0.1, 0.1, 0.1])).to.equal(0);
    expect(variance([1e9 + 1, 1e9 + 2, 1e9 + 3])).to.equal(2 / 3);
  });

  it('correlation by hand, and undefined without variation', () => {
    expect(correlation([1, 2, 3], [2, 4, 6])).to.equal(1);
    expect(correlation([1, 2, 3], [3, 2, 1])).to.equal(-1);
    expect(correlation([1, 2, 3], [1, 3, 2])).to.be.closeTo(0.5, 1e-15);
    expect(correlation([1, 1, 1], [1, 2, 3])).to.be.NaN;
    expect(correlation([0.1, 0.1, 0.1], [1, 2, 3])).to.be.NaN;
    expect(() => correlation([1, 2], [1])).to.throw(RangeError);
  });
});

describe('quantile', () => {
  it('is linear between order statistics', () => {
    const values = [7, 1, 3, 5];
    expect(quantile(values, 0)).to.equal(1);
    expect(quantile(values, 0.5)).to.equal(4);
    expect(quantile(values, 0.25)).to.equal(2.5);
    expect(quantile(values, 1)).to.equal(7);
    expect(values).to.deep.equal([7, 1, 3, 5]);
    expect(quantileOfSorted([1, 2], 0.1)).to.equal(1.1);
    expect(quantile([], 0.5)).to.be.NaN;
    expect(() => quantile([1], 1.5)).to.throw(RangeError, '1.5');
  });

  it('sorts numbers, not their spellings, and keeps infinities', () => {
    expect(quantile([10, 9, 100], 0.5)).to.equal(10);
    expect(quantile([-Infinity, -Infinity, 1], 0.25)).to.equal(-Infinity);
  });

  it('rises with the level and stays within the sample', () => {
    const sample = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 });
    const level = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(sample, level, level, (values, p, q) => {
        const [low, high] = [quantile(values, Math.min(p, q)), quantile(values, Math.max(p, q))];
        const slack = 1e-9;
        expect(low).to.be.at.most(high + slack);
        expect(low).to.be.at.least(Math.min(...values));
        expect(high).to.be.at.most(Math.max(...values) + slack);
      }),
    );
  });
});

describe('logSumExp', () => {
  it('neither overflows nor underflows', () => {
    expect(logSumExp([1000, 1000])).to.be.closeTo(1000 + Math.LN2, 1e-12);
    expect(logSumExp([-1000, -1001])).to.be.closeTo(-1000 + Math.log1p(Math.exp(-1)), 1e-12);
  });

  it('is -Infinity of nothing, and passes infinities and NaN on', () => {
    expect(logSumExp([])).to.equal(-Infinity);
    expect(logSumExp([-Infinity, 3])).to.equal(3);
    expect(logSumExp([Infinity, 3])).to.equal(Infinity);
    expect(logSumExp([NaN, 3])).to.be.NaN;
    expect(logSumExp([3, NaN])).to.be.NaN;
  });
});
