import { expect } from 'chai';
import {
  blendCovariance,
  covarianceOf,
  observeReturns,
  riskModel,
  weightedCovariance,
} from '../../../agents/allocation/risk-model.js';
import { StrategyFailed } from '../../../agents/allocation/index.js';
import { pow } from '../../../core/numeric.js';
import { expectClose } from '../../close.js';
import { historyOf } from './problems.js';

describe('risk model', () => {
  it('two observations of one asset: weights ½ and 1', () => {
    const model = riskModel(1, 1);
    observeReturns(model, Float64Array.of(0));
    observeReturns(model, Float64Array.of(3));
    expectClose(model.mean[0], 2, 1e-15);
    expectClose(weightedCovariance(model)[0], (0.5 * 4 + 1) / 1.5, 1e-14);
    expectClose(covarianceOf(model, 5)[0], 10, 1e-13);
  });

  it('day by day is the same as all at once', () => {
    const [k, halfLife] = [3, 20];
    const { rows, values } = historyOf(k, 60, 7);
    const model = riskModel(k, halfLife);
    for (let t = 0; t < rows; t++) observeReturns(model, values.slice(t * k, (t + 1) * k));
    const weights = Array.from({ length: rows }, (_, t) => pow(0.5, (rows - 1 - t) / halfLife));
    const total = weights.reduce((a, b) => a + b);
    const mean = (of: (t: number) => number) => weights.reduce((sum, w, t) => sum + w * of(t), 0) / total;
    const means = Array.from({ length: k }, (_, i) => mean((t) => values[t * k + i]!));
    const expected = means.flatMap((mi, i) =>
      means.map((mj, j) => mean((t) => (values[t * k + i]! - mi) * (values[t * k + j]! - mj))),
    );
    expectClose(Array.from(covarianceOf(model)), expected, 1e-15);
  });

  it('refuses to decide on fewer observations than it takes', () => {
    const model = riskModel(2, 10);
    observeReturns(model, Float64Array.of(0.1, 0.2));
    observeReturns(model, Float64Array.of(0.2, 0.1));
    expect(() => covarianceOf(model)).to.throw(StrategyFailed, '2 observations are too few');
  });

  it('blends towards the common covariance', () => {
    expectClose(Array.from(blendCovariance(Float64Array.of(1, 4), Float64Array.of(3, 0), 0.25)), [1.5, 3], 0);
  });
});
