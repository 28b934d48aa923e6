import { expectClose } from '../close.js';
import { answer } from '../agents/allocation/answer.js';
import { sharedJson, sharedTable } from '../shared.js';
import { returnsWithGaps } from './prices.js';

interface Truth {
  inputs: { file: string; toy: number[][] };
  expected: {
    shrinkage: number;
    cov_first3x3: number[][];
    first40rows: { shrinkage: number; cov_first3x3: number[][] };
    toy: { shrinkage: number; cov: number[][] };
    oas_shrinkage: number;
  };
  tolerance: number;
}

interface Answer {
  covariance: number[][];
  shrinkage: number;
}

describe('truth d09: Ledoit-Wolf and OAS shrinkage', () => {
  const load = (test: Mocha.Context) => {
    const { inputs, expected, tolerance } = sharedJson<Truth>(test, 'truth/d09_ledoit_wolf_sklearn.json');
    const { dates, rows } = sharedTable(test, inputs.file);
    const returns = returnsWithGaps(rows).filter((_, t) => dates[t + 1]! >= '2018-01-03');
    return { inputs, expected, tolerance, returns };
  };
  const corner = ({ covariance }: Answer) => covariance.slice(0, 3).map((row) => row.slice(0, 3));
  const estimate = (returns: number[][], estimator: string) =>
    answer<Answer>('covariance', { returns, estimator });

  it('of the whole sample and its first 40 days', function () {
    const { expected, tolerance, returns } = load(this);
    const whole = estimate(returns, 'ledoit-wolf');
    expectClose(whole.shrinkage, expected.shrinkage, tolerance);
    expectClose(corner(whole), expected.cov_first3x3, tolerance);
    const first = estimate(returns.slice(0, 40), 'ledoit-wolf');
    expectClose(first.shrinkage, expected.first40rows.shrinkage, tolerance);
    expectClose(corner(first), expected.first40rows.cov_first3x3, tolerance);
  });

  it('of a toy that shrinks all the way', function () {
    const { inputs, expected, tolerance } = load(this);
    const { covariance, shrinkage } = estimate(inputs.toy, 'ledoit-wolf');
    expectClose(shrinkage, expected.toy.shrinkage, tolerance);
    expectClose(covariance, expected.toy.cov, tolerance);
  });

  it('oracle approximating shrinkage', function () {
    const { expected, tolerance, returns } = load(this);
    expectClose(estimate(returns, 'oas').shrinkage, expected.oas_shrinkage, tolerance);
  });
});
