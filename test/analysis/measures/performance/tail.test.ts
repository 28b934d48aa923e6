import { expect } from 'chai';
import { maximumDrawdown } from '../../../../analysis/measures/performance/drawdown.js';
import { expectedShortfall, valueAtRisk } from '../../../../analysis/measures/performance/tail.js';
import { annualVolatility } from '../../../../analysis/measures/performance/volatility.js';

describe('tail and risk of a series', () => {
  it('expected shortfall is the mean loss at or below the quantile', () => {
    expect(valueAtRisk([-4, -2, 0, 2, 4], 0.25)).to.equal(-2);
    expect(expectedShortfall([4, -2, 0, -4, 2], 0.25)).to.equal(3);
  });

  it('drawdown is from the running peak', () => {
    expect(maximumDrawdown([1, 2, 1.5, 3, 1.2, 4])).to.be.closeTo(0.6, 1e-15);
    expect(maximumDrawdown([1, 2, 3])).to.equal(0);
  });

  it('volatility is for a year of 252 days', () => {
    expect(annualVolatility([0.01, -0.01])).to.be.closeTo(Math.sqrt(252 * 2) / 100, 1e-15);
  });
});
