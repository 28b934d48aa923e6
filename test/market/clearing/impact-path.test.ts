import { expect } from 'chai';
import { exp } from '../../../core/numeric.js';
import { meanImpact, powerImpact } from '../../../market/clearing/impact-path.js';

describe('impact path', () => {
  it('is the mean of an exponential where impact is linear', () => {
    const curve = { linear: 0.1, power: 0.2, exponent: 1 };
    expect(meanImpact(curve, 0, 2)).to.be.closeTo((exp(0.6) - 1) / 0.6, 1e-14);
    expect(meanImpact(curve, -1, 2)).to.be.closeTo((exp(0.6) - exp(-0.3)) / 0.9, 1e-14);
  });

  it('is exact for the square root: ∫ exp(b√x) dx = 2 (e^{bw}(bw − 1) + 1) / b²', () => {
    const b = 0.4;
    const curve = { linear: 0, power: b, exponent: 0.5 };
    const upTo = (w: number): number => (2 * (exp(b * w) * (b * w - 1) + 1)) / b ** 2;
    expect(meanImpact(curve, 0, 4)).to.be.closeTo(upTo(2) / 4, 1e-13);
    expect(meanImpact(curve, 1, 4)).to.be.closeTo((upTo(2) - upTo(1)) / 3, 1e-13);
  });

  it('is the price that stands when nothing trades net, and lies between the ends otherwise', () => {
    const curve = { linear: 0.01, power: 0.02, exponent: 0.5 };
    expect(meanImpact(curve, 9, 9)).to.equal(exp(0.09 + 0.06));
    const end = exp(0.04 + powerImpact(curve, 4));
    expect(meanImpact(curve, 0, 4)).to.be.within(1, end);
  });
});
