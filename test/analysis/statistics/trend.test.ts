import { expect } from 'chai';
import { breakpoint } from '../../../analysis/statistics/breakpoint.js';
import { pageTrend } from '../../../analysis/statistics/page-trend.js';
import { stream } from '../../../core/random.js';

const address = { seed: 3, purpose: 'test' };

describe('pageTrend', () => {
  it('gives the statistic and the normal approximation that scipy gives', () => {
    const found = pageTrend([
      [1, 2, 3, 4],
      [2, 1, 3, 4],
      [1, 3, 2, 4],
      [4, 2, 3, 1],
    ]);
    expect(found.statistic).equal(109);
    expect(found.pValue / 2).closeTo(0.059516449228503916, 1e-12);
    expect(found.z).above(0);
  });
  it('shares ranks among equals: no movement is no trend', () => {
    expect(
      pageTrend([
        [5, 5, 5],
        [1, 1, 1],
      ]).z,
    ).equal(0);
  });
  it('is undefined for two levels or one replication', () => {
    expect(pageTrend([[1, 2, 3]]).pValue).to.be.NaN;
    expect(pageTrend([[1, 2], [1, 2]]).pValue).to.be.NaN; // prettier-ignore
  });
});

const levels = [0, 0.25, 0.5, 0.75, 1];
const noisy = (shape: (x: number) => number, size: number): number[][] =>
  Array.from({ length: 20 }, (_, r) => {
    const draw = stream({ seed: r, purpose: 'noise' });
    const own = draw.normal();
    return levels.map((x) => own + shape(x) + size * draw.normal());
  });

describe('breakpoint', () => {
  it('finds an exact knee and both slopes', () => {
    const found = breakpoint(
      levels,
      noisy((x) => Math.max(0, x - 0.5) * 2 + x, 1e-9),
      address,
    );
    expect(found.at).equal(0.5);
    expect(found.slopeBefore).closeTo(1, 1e-6);
    expect(found.slopeAfter).closeTo(3, 1e-6);
    expect(found.pValue).equal(1 / 500);
    expect(found.between).deep.equal([0.5, 0.5]);
  });
  it('finds none in a straight line', () => {
    expect(
      breakpoint(
        levels,
        noisy((x) => 2 * x, 0.3),
        address,
      ).pValue,
    ).above(0.05);
  });
  it('claims a bend where there is none about as often as its level', () => {
    let claimed = 0;
    for (let trial = 0; trial < 100; trial++) {
      const rows = Array.from({ length: 12 }, (_, r) => {
        const draw = stream({ seed: 1000 * trial + r, purpose: 'null' });
        return levels.map(() => draw.normal());
      });
      if (breakpoint(levels, rows, address, 99).pValue <= 0.05) claimed++;
    }
    expect(claimed).within(0, 12);
  });
  it('is undefined where nothing varies beyond rounding', () => {
    for (const value of [0, 0.1, 1e9]) {
      const rows = Array.from({ length: 3 }, () => levels.map(() => value));
      const { at, pValue } = breakpoint(levels, rows, address);
      expect([at, pValue], String(value)).deep.equal([NaN, NaN]);
    }
  });
  it('is undefined for three levels', () => {
    expect(breakpoint([0, 1, 2], [[1, 2, 3], [1, 2, 3]], address).pValue).to.be.NaN; // prettier-ignore
  });
});
