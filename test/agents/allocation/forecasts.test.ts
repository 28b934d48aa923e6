import { expect } from 'chai';
import { covarianceEstimators } from '../../../agents/allocation/covariance/index.js';
import { forecasters, type Forecaster } from '../../../agents/allocation/forecasts/index.js';
import { integrate, recentSkill, skillWeights } from '../../../agents/allocation/signals/integrate.js';
import { standardised } from '../../../agents/allocation/signals/signal.js';
import type { ReturnHistory } from '../../../agents/allocation/view.js';
import { expectClose } from '../../close.js';
import { historyOf, sequence } from './problems.js';

const forecast = (name: keyof typeof forecasters, history: ReturnHistory, options: object = {}) => {
  const entry: Forecaster = forecasters[name];
  const { covariance } = covarianceEstimators.sample.estimate(history, {});
  return entry.forecast(history, covariance, entry.options.parse(options));
};

describe('signals in one view', () => {
  it('recent skill counts more, luck and ignorance less', () => {
    expect(recentSkill([0, 0.1], 1).coefficient).to.be.closeTo(0.1 / 1.5, 1e-15);
    expect(recentSkill([], 12)).to.deep.equal({ coefficient: 0, outcomes: 0 });
    const weights = skillWeights(
      [0.2, -0.2, 0.2].map((coefficient, i) => ({ coefficient, outcomes: i === 2 ? 36 : 12 })),
    );
    expectClose(Array.from(weights), [0.1, 0, 0.15], 1e-15);
  });
  it('is the weighted sum of scores', () => {
    expectClose(
      Array.from(integrate([Float64Array.of(1, -1), Float64Array.of(0, 2)], [0.5, 0.25])),
      [0.5, 0],
      1e-15,
    );
    expectClose(Array.from(standardised(Float64Array.of(1, 3))), [-1, 1], 1e-15);
    expectClose(Array.from(standardised(Float64Array.of(2, 2))), [0, 0], 0);
  });
});

describe('forecasts from past returns', () => {
  it('historical mean and its error', () => {
    const values = Float64Array.of(0.01, 0.03, 0.02, -0.01);
    const { mean, error } = forecast('historical-mean', { rows: 2, values });
    expectClose(Array.from(mean), [0.015, 0.01], 1e-15);
    expectClose(Array.from(error), [0.005, 0.02], 1e-12);
  });

  it('Bayes-Stein lies between the means and one common mean, nearer the latter with fewer days', () => {
    const spread = (history: ReturnHistory) => {
      const { mean } = forecast('bayes-stein', history);
      const plain = forecast('historical-mean', history).mean;
      const range = (x: Float64Array) => Math.max(...x) - Math.min(...x);
      return range(mean) / range(plain);
    };
    const few = spread(historyOf(4, 30, 1));
    expect(few).to.be.within(0, 0.9);
    expect(
      spread({
        rows: 300,
        values: Float64Array.from(
          { length: 1200 },
          (_, at) => 0.01 * (at % 4) + historyOf(4, 300, 1).values[at]!,
        ),
      }),
    ).to.be.greaterThan(few);
  });

  it('integration believes the signal that was right', () => {
    // What fell last month rises in the next: reversal knows, trend does not.
    const next = sequence(5);
    const k = 6;
    const rows = 504;
    const values = new Float64Array(rows * k);
    const lean = Array.from({ length: k }, () => next());
    for (let t = 0; t < rows; t++)
      for (let i = 0; i < k; i++) {
        const sign = Math.floor((rows - 1 - t) / 21) % 2 === 0 ? 1 : -1;
        values[t * k + i] = 0.01 * sign * lean[i]! + 0.002 * next();
      }
    const { mean } = forecast('integrated', { rows, values }, { signals: ['reversal', 'momentum'] });
    const order = [...mean.keys()].sort((a, b) => mean[a]! - mean[b]!);
    const expected = [...lean.keys()].sort((a, b) => lean[b]! - lean[a]!);
    expect(order).to.deep.equal(expected);
  });

  it('refuses fewer days than a signal needs', () => {
    expect(() => forecast('signal', historyOf(3, 80, 1))).to.throw(/too few for the signal momentum/);
    expect(() => forecast('integrated', historyOf(3, 260, 1))).to.throw(/too few/);
  });
});
