import { expect } from 'chai';
import { incompleteBeta, studentTCdf } from '../../core/numeric.js';

describe('incompleteBeta', () => {
  it('is within 1e-13 of the truth', () => {
    const truths = [
      [0.3, 2, 3, 0.3483],
      [0.9, 0.5, 5, 0.9999974294103008],
      [0.01, 20, 0.3, 4.111513901302036e-42],
      [0.5, 50, 50, 0.5],
    ] as const;
    for (const [x, a, b, truth] of truths)
      expect(Math.abs(incompleteBeta(x, a, b) / truth - 1)).to.be.below(1e-13);
  });

  it('is 0 and 1 at the ends, and NaN outside', () => {
    expect(incompleteBeta(0, 2, 3)).to.equal(0);
    expect(incompleteBeta(1, 2, 3)).to.equal(1);
    expect(incompleteBeta(1.1, 2, 3)).to.be.NaN;
    expect(incompleteBeta(0.5, 0, 3)).to.be.NaN;
  });
});

describe('studentTCdf', () => {
  it('is within 1e-12 of the truth, deep in the tail as well', () => {
    const truths = [
      [-2, 3, 0.0696629842794216],
      [0.5, 1, 0.6475836176504333],
      [-10, 2.5, 0.002220747883653712],
      [-6, 100, 1.5862457514014284e-8],
      [1.5, 30, 0.927967035435677],
      [-1e-3, 7, 0.4996150086224994],
    ] as const;
    for (const [t, df, truth] of truths)
      expect(Math.abs(studentTCdf(t, df) / truth - 1), `t ${t}, df ${df}`).to.be.below(1e-12);
  });

  it('is the Cauchy law at one degree of freedom, symmetric, and NaN where undefined', () => {
    for (const t of [-3, -0.2, 0, 0.7, 5])
      expect(studentTCdf(t, 1)).to.be.closeTo(0.5 + Math.atan(t) / Math.PI, 1e-15);
    expect(studentTCdf(-1.3, 5) + studentTCdf(1.3, 5)).to.be.closeTo(1, 1e-15);
    expect(studentTCdf(-Infinity, 4)).to.equal(0);
    expect(studentTCdf(Infinity, 4)).to.equal(1);
    expect(studentTCdf(1, 0)).to.be.NaN;
  });
});
