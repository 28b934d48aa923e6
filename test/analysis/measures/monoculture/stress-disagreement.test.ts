import { expect } from 'chai';
import { signDisagreement } from '../../../../analysis/measures/monoculture/stress-disagreement.js';
import { CliError } from '../../../../cli/errors.js';
import { expectClose } from '../../../close.js';
import { measured } from '../../../measured.js';

describe('stress-disagreement', () => {
  it('counts pairs with unlike signs', () => {
    expect(signDisagreement([1, 2, -1])).to.be.closeTo(2 / 3, 1e-15);
    expect(signDisagreement([0, 1])).to.equal(1);
    expect(signDisagreement([-1, -3])).to.equal(0);
  });

  it('two forecasters, apart by 2 in calm and by 1 in stress', () => {
    const forecasts = [
      [1, 2, 3, 4],
      [-1, 0, 2, 3],
    ];
    expectClose(
      measured('stress-disagreement', { forecasts, stress: [1, 1, 2, 3], quantile: 1 / 3 }),
      {
        threshold: 1,
        calm: { days: 2, dispersion: 1, signDisagreement: 1, correlation: 1 },
        stress: { days: 2, dispersion: 0.5, signDisagreement: 0, correlation: 1 },
        compression: 0.5,
      },
      1e-14,
    );
  });

  it('refuses a stress series without a tail', () => {
    const input = {
      forecasts: [
        [1, 2],
        [2, 1],
      ],
      stress: [1, 1],
    };
    expect(() => measured('stress-disagreement', input)).to.throw(CliError, /^stress: no day lies above/);
  });
});
