import { expect } from 'chai';
import { covarianceEstimators } from '../../../../agents/allocation/index.js';
import { conditionalVariance } from '../../../../agents/allocation/covariance/conditional-variance.js';
import { stream } from '../../../../core/random.js';
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

describe('conditional variance', () => {
  /** A GARCH(1,1) path of unit variance with α 0.1, β 0.85. */
  const path = (rows: number): Float64Array => {
    const random = stream({ seed: 5, purpose: 'test garch' });
    let variance = 1;
    return Float64Array.from({ length: rows }, () => {
      const error = Math.sqrt(variance) * random.normal();
      variance = 0.05 + 0.1 * error ** 2 + 0.85 * variance;
      return error;
    });
  };

  it('finds the persistence that made the returns', () => {
    const { persistence, variances } = conditionalVariance(path(6000));
    expect(persistence.alpha).to.be.closeTo(0.1, 0.03);
    expect(persistence.beta).to.be.closeTo(0.85, 0.05);
    expect(variances.length).to.equal(6001);
  });

  it('of independent returns hardly moves', () => {
    const random = stream({ seed: 6, purpose: 'test garch' });
    const { persistence } = conditionalVariance(Float64Array.from({ length: 4000 }, () => random.normal()));
    expect(persistence.alpha).to.be.below(0.03);
  });

  it('dynamic correlations leave the variances to GARCH', () => {
    const independent = { rows: 400, values: path(800) };
    const estimateOf = (name: 'garch' | 'dcc') =>
      covarianceEstimators[name].estimate(independent, {}).covariance;
    const [constant, dynamic] = [estimateOf('garch'), estimateOf('dcc')];
    expect(dynamic[0]).to.equal(constant[0]);
    expect(dynamic[3]).to.equal(constant[3]);
    expect(dynamic[1]! / Math.sqrt(dynamic[0]! * dynamic[3]!)).to.be.within(-1, 1);
  });
});
