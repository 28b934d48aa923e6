import { expect } from 'chai';
import { exponentialCovariance } from '../../../../analysis/measures/systemic/absorption-ratio.js';
import { CliError } from '../../../../cli/errors.js';
import { expectClose } from '../../../close.js';
import { measured } from '../../../measured.js';

const returns = [
  [2, 0],
  [-2, 0],
  [0, 1],
  [0, -1],
];

describe('absorption-ratio', () => {
  it('of uncorrelated assets with variances 8/3 and 2/3', () => {
    expectClose(
      measured('absorption-ratio', { returns }),
      { ratio: 0.8, eigenvalues: [8 / 3, 2 / 3], components: 1 },
      1e-14,
    );
    expectClose(
      measured('absorption-ratio', { returns, estimator: 'correlation', fraction: 0.5 }),
      { ratio: 0.5, eigenvalues: [1, 1], components: 1 },
      1e-14,
    );
  });

  it('halves weights every half-life: weights 1, 2, 4 of 7', () => {
    // Mean (0·1 + 0·2 + 7·4)/7 = 4; variance (16·1 + 16·2 + 9·4)/7 = 12.
    expectClose(Array.from(exponentialCovariance([[0], [0], [7]], 1)), [12], 1e-14);
  });

  it('wants a half-life for the exponential estimator, and for no other', () => {
    const run = (options: object) => () => measured('absorption-ratio', { returns, ...options });
    expect(run({ estimator: 'exponential' })).to.throw(CliError, /^halfLife: is required/);
    expect(run({ halfLife: 3 })).to.throw(CliError, /^halfLife: belongs/);
    expect(
      run({
        returns: [
          [1, 1],
          [1, 1],
        ],
      }),
    ).to.throw(CliError, /^returns: no asset varies/);
    const constant = [
      [1, 2],
      [1, 3],
    ];
    expect(run({ returns: constant, estimator: 'correlation' })).to.throw(
      CliError,
      /^returns: column 0 does not/,
    );
  });
});
