import { expect } from 'chai';
import { areaUnderCurve, signalsOf } from '../../../../analysis/measures/systemic/early-warning.js';
import { applyIndex, fitIndex } from '../../../../analysis/measures/systemic/stress-index.js';
import { stream } from '../../../../core/random.js';
import { expectClose } from '../../../close.js';
import { measured } from '../../../measured.js';

const draws = stream({ seed: 1, purpose: 'market-stress-test' });
const returns = Array.from({ length: 60 }, () => {
  const common = draws.normal();
  return Array.from({ length: 3 }, () => common + draws.normal());
});

describe('rolling measures', () => {
  it('are the static ones of each window', () => {
    const how = { lags: 1, horizon: 5, decomposition: 'cholesky' };
    const rolling = measured<{
      days: number[];
      total: number[];
    }>('rolling-connectedness', { returns, window: 40, step: 10, ...how });
    expect(rolling.days).to.deep.equal([39, 49, 59]);
    const last = measured<{ total: number }>('connectedness', { returns: returns.slice(20), ...how });
    expectClose(rolling.total[2], last.total, 1e-12);
    const ratio = measured<{
      ratio: number[];
    }>('rolling-absorption-ratio', { returns, window: 60, fraction: 0.34 });
    const whole = measured<{ ratio: number }>('absorption-ratio', { returns, fraction: 0.34 });
    expectClose(ratio.ratio, [whole.ratio], 1e-12);
  });

  it('turbulence uses nothing of its own day, by hand', () => {
    // Mean 2, variance 1 of the three days before: (5 − 2)² / 1.
    const result = measured('rolling-turbulence', { returns: [[1], [2], [3], [5]], window: 3 });
    expectClose(result, { days: [3], turbulence: [9] }, 1e-13);
  });

  it('refuse a window longer than the data, or too short for the estimate', () => {
    expect(() => measured('rolling-turbulence', { returns, window: 60 })).to.throw(/window: is 60/);
    expect(() => measured('rolling-connectedness', { returns, window: 5, lags: 1, horizon: 5 })).to.throw(
      /window: is 5, but the estimate needs at least 6/,
    );
  });
});

describe('composite stress index', () => {
  it('of two equal indicators is their standard score times √2', () => {
    const weights = fitIndex([
      [1, 10],
      [2, 20],
      [3, 30],
    ])!;
    expectClose([weights.explained, ...weights.loadings], [1, Math.SQRT1_2, Math.SQRT1_2], 1e-12);
    expectClose(applyIndex([[4, 40]], weights), [2 * Math.SQRT2], 1e-12);
  });
});

describe('early warning', () => {
  it('takes calm days only, and none whose horizon the run does not reach', () => {
    expect(signalsOf([1, 2, 3, 4, 5], [0, 0, 1, 0, 0], 1)).to.deep.equal([
      { score: 1, crisis: false },
      { score: 2, crisis: true },
      { score: 4, crisis: false },
    ]);
  });

  it('counts pairs, ties half, by hand', () => {
    const of = (score: number, crisis: boolean) => ({ score, crisis });
    expect(areaUnderCurve([of(1, false), of(2, false), of(2, true), of(3, true)])).to.equal(3.5 / 4);
    expect(areaUnderCurve([of(1, false)])).to.equal(null);
  });

  it('is scored on the held-out runs only: crises of the training runs do not matter', () => {
    const test = [{ indicators: [[1], [2], [9], [9], [1], [1], [1]], crises: [0, 0, 0, 1, 0, 0, 0] }];
    const auc = (crises: number[]) =>
      measured<{
        auc: number[];
      }>('early-warning', {
        train: [{ indicators: [[1], [2], [3]], crises }],
        test,
        horizons: [1],
      }).auc;
    expect(auc([0, 0, 1])).to.deep.equal([1]);
    expect(auc([1, 0, 0])).to.deep.equal([1]);
  });
});
