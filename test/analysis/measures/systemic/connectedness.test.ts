import { expect } from 'chai';
import { spillovers } from '../../../../analysis/measures/systemic/connectedness.js';
import { vectorAutoregression } from '../../../../analysis/measures/systemic/vector-autoregression.js';
import { CliError } from '../../../../cli/errors.js';
import { expectClose } from '../../../close.js';
import { measured } from '../../../measured.js';

describe('connectedness', () => {
  it('FROM sums rows, TO sums columns', () => {
    expectClose(
      spillovers([
        [60, 40],
        [10, 90],
      ]),
      { from: [40, 10], to: [10, 40], net: [-30, 30], total: 25, totalCorrected: 50 },
      1e-15,
    );
  });

  it('independent series give each other nothing', () => {
    const input = {
      coefficients: [
        [
          [0.5, 0],
          [0, 0.2],
        ],
      ],
      covariance: [
        [1, 0],
        [0, 3],
      ],
      horizon: 5,
    };
    const { table, total } = measured<{ table: number[][]; total: number }>('connectedness', input);
    expectClose(
      table,
      [
        [100, 0],
        [0, 100],
      ],
      1e-13,
    );
    expect(total).to.equal(0);
  });

  it('estimates a system with a constant by least squares', () => {
    const rows = [
      [1, 2],
      [0.3, -1],
    ];
    const shocks = [0.3, -0.2, 0.5, 0.1, -0.4, 0.2, -0.1, 0.35];
    for (let t = 2; t < 60; t++) {
      const [a, b] = rows[t - 1]!;
      rows.push([2 + 0.5 * a! + 0.2 * b! + shocks[t % 8]!, -1 - 0.3 * a! + 0.4 * b! + shocks[(3 * t) % 7]!]);
    }
    // Numbers from numpy's least squares.
    expectClose(
      Array.from(vectorAutoregression(rows, 1)!.coefficients[0]!),
      [0.11425102159654504, -0.3029811382665079, -0.4020848222786811, 0.2588391792248791],
      1e-9,
    );
  });

  it('refuses half a system, an asymmetric covariance, collinear series', () => {
    const run = (input: object) => () => measured('connectedness', { horizon: 3, ...input });
    const a = [
      [
        [0.5, 0],
        [0, 0.2],
      ],
    ];
    expect(run({})).to.throw(CliError, /^returns: give either/);
    expect(run({ coefficients: a })).to.throw(CliError, /^covariance: is required/);
    expect(
      run({
        coefficients: a,
        covariance: [
          [1, 0.5],
          [0.2, 1],
        ],
      }),
    ).to.throw(CliError, /^covariance\[1\]\[0\]/);
    expect(
      run({
        coefficients: a,
        covariance: [
          [1, 0],
          [0, 0],
        ],
      }),
    ).to.throw(CliError, /^covariance\[1\]\[1\]/);
    const cholesky = {
      coefficients: a,
      covariance: [
        [1, 2],
        [2, 1],
      ],
      decomposition: 'cholesky',
    };
    expect(run(cholesky)).to.throw(CliError, /^covariance: is not positive definite/);
    const returns = Array.from({ length: 30 }, (_, t) => [t % 7, 2 * (t % 7)]);
    expect(run({ returns, lags: 1 })).to.throw(CliError, /^returns: a series is constant/);
    expect(run({ returns })).to.throw(CliError, /^lags: is required/);
    expect(run({ returns: returns.slice(0, 4), lags: 1 })).to.throw(CliError, /^returns: has 4 rows/);
  });
});
