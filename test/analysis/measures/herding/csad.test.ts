import { expect } from 'chai';
import { absoluteDispersion, standardDispersion } from '../../../../analysis/measures/herding/csad.js';
import { CliError } from '../../../../cli/errors.js';
import { expectClose } from '../../../close.js';
import { measured } from '../../../measured.js';

/** Pairs of assets at market ± width, so that CSAD is the width itself. */
const spread = (market: number[], width: (m: number) => number) =>
  market.map((m) => [m + width(m), m - width(m)]);

const market = [-3, -2, -1, -0.5, 0, 0.5, 1.5, 2.5, 4];

interface Answer {
  coefficients: number[];
  tStatistics: number[];
  nObservations: number;
}

describe('csad', () => {
  it('divides by N where cssd divides by N − 1', () => {
    expect(absoluteDispersion([1, 3], 2)).to.equal(1);
    expect(standardDispersion([1, 3], 2)).to.equal(Math.SQRT2);
  });

  it('finds the coefficients that made the data', () => {
    const returns = spread(market, (m) => 2 + 0.5 * Math.abs(m) - 0.1 * m * m);
    const { coefficients, nObservations } = measured<Answer>('csad', { returns, regress: true });
    expectClose(coefficients, [2, 0.5, -0.1], 1e-12);
    expect(nObservations).to.equal(9);
  });

  it('t statistics: ordinary, White at lag 0, Newey-West (numbers from numpy)', () => {
    const noise = [0.1, -0.2, 0.15, 0, -0.1, 0.05, 0.2, -0.15, 0.02];
    const returns = market.map((m, t) => {
      const width = 1 + 0.3 * Math.abs(m) - 0.02 * m * m + noise[t]!;
      return [m + width, m - width];
    });
    const t = (options: object) =>
      measured<Answer>('csad', { returns, regress: true, ...options }).tStatistics;
    expectClose(t({}), [8.679942815426383, 2.14090046943079, -0.6543749613816044], 1e-10);
    expectClose(t({ lags: 0 }), [14.499971756762568, 2.5198386070239676, -0.8110690208070835], 1e-10);
    expectClose(t({ lags: 2 }), [16.54525442527707, 3.0148898883932396, -0.9606265553494031], 1e-10);
  });

  it('refuses a market that takes too few values', () => {
    const returns = spread([1, -1, 1, -1, 1], () => 1);
    expect(() => measured('csad', { returns, regress: true })).to.throw(CliError, /^returns: .*R_m²/);
  });

  it('refuses lags without a regression', () => {
    const returns = spread(market, () => 1);
    expect(() => measured('csad', { returns, regress: false, lags: 1 })).to.throw(CliError, /^lags: /);
  });
});
