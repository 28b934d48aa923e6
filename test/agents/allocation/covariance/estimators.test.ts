import { expect } from 'chai';
import { covarianceEstimators } from '../../../../agents/allocation/index.js';
import { expectClose } from '../../../close.js';
import { historyOf } from '../problems.js';

const history = historyOf(5, 60, 3);
const estimate = (name: keyof typeof covarianceEstimators, options: object) =>
  covarianceEstimators[name].estimate(history, covarianceEstimators[name].options.parse(options));
const options = { exponential: { halfLife: 20 }, 'graphical-lasso': { alpha: 1e-5 } } as Record<
  string,
  object
>;

describe('covariance estimators', () => {
  for (const name of Object.keys(covarianceEstimators) as (keyof typeof covarianceEstimators)[])
    it(`${name} is symmetric with positive variances`, () => {
      const { covariance } = estimate(name, options[name] ?? {});
      for (let i = 0; i < 5; i++) {
        expect(covariance[i * 6]).to.be.above(0);
        for (let j = 0; j < i; j++)
          expect(covariance[i * 5 + j]).to.be.closeTo(covariance[j * 5 + i]!, 1e-18);
      }
    });

  it('graphical lasso meets its optimality conditions', () => {
    const alpha = 2e-5;
    const { covariance, precision } = estimate('graphical-lasso', { alpha });
    const sample = estimate('sample', {}).covariance.map((value) => (value * 59) / 60);
    for (let i = 0; i < 5; i++) {
      expectClose(covariance[i * 6], sample[i * 6], 1e-16);
      for (let j = 0; j < 5; j++) {
        let product = 0;
        for (let l = 0; l < 5; l++) product += covariance[i * 5 + l]! * precision![l * 5 + j]!;
        expect(product).to.be.closeTo(i === j ? 1 : 0, 1e-8);
        if (i === j) continue;
        const gap = covariance[i * 5 + j]! - sample[i * 5 + j]!;
        const theta = precision![i * 5 + j]!;
        if (Math.abs(theta) < 1e-6) expect(Math.abs(gap)).to.be.at.most(alpha * (1 + 1e-8));
        else expect(gap).to.be.closeTo(alpha * Math.sign(theta), 1e-12);
      }
    }
  });

  it('as many factors as assets are refused', () => {
    expect(() => estimate('factor', { factors: 5 })).to.throw('5 factors are too many');
  });

  it('constant correlation: shrinkage lies between the sample and its target', () => {
    const { shrinkage } = estimate('ledoit-wolf-constant-correlation', {});
    expect(shrinkage).to.be.above(0).and.below(1);
  });
});
