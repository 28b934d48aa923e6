import { expect } from 'chai';
import {
  luckOf,
  luckySharpe,
  probabilisticSharpe,
  sharpeSample,
} from '../../../analysis/measures/performance/deflated-sharpe.js';

describe('deflated Sharpe ratio', () => {
  it("is that of Bailey and López de Prado's example", () => {
    // Annual Sharpe 2.5 over 1,250 days, skewness −3, kurtosis 10, the best of 100 tries with variance ½ a year.
    const luck = luckySharpe(100, 0.5 / 250);
    expect(luck).to.be.closeTo(0.1132, 1e-4);
    const sample = { sharpe: 2.5 / Math.sqrt(250), skewness: -3, kurtosis: 10, observations: 1250 };
    expect(probabilisticSharpe(sample, luck)).to.be.closeTo(0.9004, 1e-4);
  });
  it('a single try needs no luck, and returns give the sample', () => {
    expect(luckOf([0.1])).to.equal(0);
    expect(luckOf([0.1, 0.1])).to.equal(0);
    const { sharpe, skewness, kurtosis, observations } = sharpeSample([1, -1, 3, 1]);
    expect([sharpe, skewness, kurtosis, observations]).to.deep.equal([1 / Math.SQRT2, 0, 2, 4]);
  });
});
