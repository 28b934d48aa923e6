import { expect } from 'chai';
import { capitalShortfall, longRunShortfall } from '../../../../analysis/measures/systemic/tail-risk.js';
import { CliError } from '../../../../cli/errors.js';
import { expectClose } from '../../../close.js';
import { measured } from '../../../measured.js';

describe('tail-risk', () => {
  it('five days at q = ¼, by hand', () => {
    // The market is twice the institution: β = 2, α = 0. VaR = −2 (second of five), median 0.
    const institution = [-4, -2, 0, 2, 4].map((r) => r / 100);
    const market = institution.map((r) => 2 * r);
    expectClose(
      measured('tail-risk', { institution, market, q: 0.25, debt: 90, equity: 10, capitalRatio: 0.1 }),
      {
        VaR: -0.02,
        CoVaR: -0.04,
        deltaCoVaR: -0.04,
        marketES: 0.06,
        MES: 0.03,
        LRMES: 1 - Math.exp(-0.54),
        SRISK: 9 - 9 * Math.exp(-0.54),
      },
      1e-14,
    );
  });

  it('a well capitalised institution has a surplus', () => {
    expect(capitalShortfall(50, 50, longRunShortfall(0.01), 0.08)).to.be.below(0);
  });

  it('leaves SRISK out without a balance sheet, and refuses half of one', () => {
    const series = { institution: [0.1, -0.1, 0.2], market: [0.2, -0.2, 0.1], q: 0.5 };
    expect(measured('tail-risk', series)).not.to.have.property('SRISK');
    expect(() => measured('tail-risk', { ...series, debt: 1 })).to.throw(
      CliError,
      /^equity: is required for SRISK/,
    );
    expect(() => measured('tail-risk', { ...series, q: 1 })).to.throw(CliError, /^q: must lie in \(0, 1\)/);
  });
});
