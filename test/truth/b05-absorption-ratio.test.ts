import { expect } from 'chai';
import { expectClose } from '../close.js';
import { measured } from '../measured.js';
import { sharedJson, sharedTable } from '../shared.js';

interface Truth {
  inputs: { file: string; frac: number };
  expected: {
    cov: number;
    corr: number;
    ewcov_halflife250: number;
    k: number;
    rolling_500_step250: number[];
  };
  tolerance: number;
}

interface Answer {
  ratio: number;
  components: number;
}

describe('truth b05: absorption ratio of 20 shares', () => {
  const load = (test: Mocha.Context) => {
    const { inputs, expected, tolerance } = sharedJson<Truth>(test, 'truth/b05_absorption_ratio.json');
    const { rows } = sharedTable(test, inputs.file);
    const returns = rows.slice(1).map((row, t) => row.map((price, k) => price / rows[t]![k]! - 1));
    const run = (from: number, options: object = {}) =>
      measured<Answer>('absorption-ratio', {
        returns: returns.slice(from, from + 500),
        fraction: inputs.frac,
        ...options,
      });
    return { expected, tolerance, run };
  };

  it('of the covariance, the correlation and the weighted covariance', function () {
    const { expected, tolerance, run } = load(this);
    expect(run(0).components).to.equal(expected.k);
    expectClose(run(0).ratio, expected.cov, tolerance);
    expectClose(run(0, { estimator: 'correlation' }).ratio, expected.corr, tolerance);
    const weighted = run(0, { estimator: 'exponential', halfLife: 250 });
    expectClose(weighted.ratio, expected.ewcov_halflife250, tolerance);
  });

  it('over rolling windows', function () {
    const { expected, tolerance, run } = load(this);
    const rolling = expected.rolling_500_step250.map((_, i) => run(250 * i).ratio);
    expectClose(rolling, expected.rolling_500_step250, tolerance);
  });
});
