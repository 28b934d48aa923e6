import { expect } from 'chai';
import { pow } from '../../../../core/numeric.js';
import { binomialDeviation, lsvHerding } from '../../../../analysis/measures/herding/lsv.js';
import { expectClose } from '../../../close.js';

/** C(n,k) pᵏ qⁿ⁻ᵏ |k/n − p| summed term by term. */
function direct(n: number, p: number): number {
  let [total, mass] = [0, pow(1 - p, n)];
  for (let k = 0; k <= n; k++) {
    total += mass * Math.abs(k / n - p);
    mass *= ((n - k) / (k + 1)) * (p / (1 - p));
  }
  return total;
}

describe('binomialDeviation', () => {
  it('is the sum over outcomes', () => {
    for (const n of [1, 2, 5, 10, 37, 100])
      for (const p of [0.01, 0.3, 0.5, 0.54, 0.9]) expectClose(binomialDeviation(n, p), direct(n, p), 1e-13);
  });

  it('is half for one trader of two minds, and 0 where all are of one', () => {
    expect(binomialDeviation(1, 0.5)).to.equal(0.5);
    expect([binomialDeviation(7, 0), binomialDeviation(7, 1)]).to.deep.equal([0, 0]);
  });

  it('neither over- nor underflows for many traders: tends to √(2p(1−p)/(πn))', () => {
    const n = 1_000_000;
    expect(binomialDeviation(n, 0.3) / Math.sqrt((2 * 0.3 * 0.7) / (Math.PI * n))).to.be.closeTo(1, 1e-5);
  });
});

describe('lsvHerding', () => {
  it('two assets, two traders each, by hand', () => {
    // p = 2/4; AF = ½·½ (0 or 2 buyers) = 1/4; |1 − ½| − ¼ = ¼ on both.
    const { meanShare, herding, buyHerding, sellHerding } = lsvHerding([2, 0], [0, 2]);
    expect(meanShare).to.equal(0.5);
    expectClose(herding, [0.25, 0.25], 1e-15);
    expectClose([buyHerding, sellHerding], [0.25, 0.25], 1e-15);
  });

  it('is negative where traders split more evenly than chance would', () => {
    expectClose(lsvHerding([1, 1], [1, 1]).herding, [-0.25, -0.25], 1e-15);
  });

  it('filters by the number of traders before it pools', () => {
    const period = lsvHerding([5, 0, 3], [5, 1, 7], 5);
    expect(period.meanShare).to.equal(8 / 20);
    expect(period.shares).to.deep.equal([0.5, null, 0.3]);
    expect(period.adjustment[1]).to.equal(null);
  });

  it('says null, not 0, where nobody passes', () => {
    const { meanShare, meanHerding, buyHerding } = lsvHerding([0, 1], [0, 1], 3);
    expect([meanShare, meanHerding, buyHerding]).to.deep.equal([null, null, null]);
  });
});
