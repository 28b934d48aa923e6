import { expect } from 'chai';
import { CliError } from '../../../../cli/errors.js';
import { expectClose } from '../../../close.js';
import { measured } from '../../../measured.js';

describe('turbulence', () => {
  it('of one asset is the squared standard score', () => {
    // Mean 2, variance 1 (ddof 1) or ⅔ (ddof 0).
    const returns = [[1], [2], [3]];
    expectClose(measured('turbulence', { returns }), { turbulence: [1, 0, 1], mean: 2 / 3 }, 1e-14);
    expectClose(measured('turbulence', { returns, ddof: 0 }), { turbulence: [1.5, 0, 1.5], mean: 1 }, 1e-14);
  });

  it('names collinear assets and too few days', () => {
    const collinear = [
      [1, 2],
      [2, 4],
      [3, 6],
      [5, 10],
    ];
    expect(() => measured('turbulence', { returns: collinear })).to.throw(
      CliError,
      /^returns: an asset is constant/,
    );
    expect(() =>
      measured('turbulence', {
        returns: [
          [1, 2],
          [3, 1],
        ],
      }),
    ).to.throw(CliError, /^returns: has 2 days/);
  });
});
