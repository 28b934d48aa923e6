import { expect } from 'chai';
import { pow } from '../../../../core/numeric.js';
import { hillIndex } from '../../../../analysis/measures/performance/hill.js';

describe('hillIndex', () => {
  it('two exceedances of 1 by factors e and e³: 2/(1 + 3)', () => {
    expect(hillIndex([1, Math.E, Math.E ** 3, 0.5, -9], 2)).to.be.closeTo(0.5, 1e-14);
  });

  it('is undefined without a positive threshold, without exceedances, and where the tail is one value', () => {
    expect(hillIndex([3, 2, -1], 2)).to.equal(null);
    expect(hillIndex([3, 2, 1], 0)).to.equal(null);
    expect(hillIndex([3, 2, 1], 3)).to.equal(null);
    expect(hillIndex([2, 2, 2], 2)).to.equal(null);
  });

  it('finds the index of exact Pareto quantiles', () => {
    const n = 100_000;
    const pareto = Array.from({ length: n }, (_, i) => pow((i + 0.5) / n, -1 / 3));
    expect(hillIndex(pareto, 5000)).to.be.closeTo(3, 0.01);
  });
});
