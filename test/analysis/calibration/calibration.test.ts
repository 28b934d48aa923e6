import { expect } from 'chai';
import { fitOf } from '../../../analysis/calibration/distance.js';
import { fewestReturns, longestLag, momentNames, momentsOf } from '../../../analysis/calibration/moments.js';
import { profileOf, slicesThrough } from '../../../analysis/calibration/profile.js';
import { targetOf } from '../../../analysis/calibration/target.js';
import { autocorrelation } from '../../../analysis/measures/performance/autocorrelation.js';
import { stylizedFactsOf } from '../../../analysis/measures/performance/stylized-facts.js';
import { log } from '../../../core/numeric.js';
import { stream } from '../../../core/random.js';
import { expectClose } from '../../close.js';

const draw = stream({ seed: 5, purpose: 'test-calibration' });
const noise = (length: number): Float64Array => Float64Array.from({ length }, () => 0.01 * draw.normal());

describe('moments of a calibration', () => {
  it('are those of the measure stylized-facts', () => {
    const returns = noise(400);
    const entries = Array.from(momentsOf(returns), (value, m) => [momentNames[m]!, value] as const);
    const own = Object.fromEntries<number>(entries);
    const facts = stylizedFactsOf(returns);
    expectClose(own['volatility'], log(facts.stdDev), 1e-12);
    expectClose(own['skewness'], facts.skewness, 1e-12);
    expectClose(own['tailIndex'], facts.hillAbsolute!, 1e-12);
    expectClose(own['autocorrelation'], facts.autocorrelation[0]!, 1e-12);
    const mean = (from: number, to: number): number =>
      facts.absoluteAutocorrelation.slice(from - 1, to).reduce((a, b) => a + b) / (to - from + 1);
    expectClose(own['memoryMonth'], mean(6, 20), 1e-12);
    const leverage = facts.leverageCorrelation.slice(0, 10) as number[];
    expectClose(own['leverage'], leverage.reduce((a, b) => a + b) / 10, 1e-12);
  });
});

describe('distance of a calibration', () => {
  const target = targetOf(noise(3000), 500);
  const at = (name: (typeof momentNames)[number]): number => momentNames.indexOf(name);

  it('a target is what stretches of the series have, with the sampling error of their length', () => {
    expect(target.values[at('volatility')]).closeTo(log(0.01), 0.05);
    // The log of a standard deviation of n independent normal draws varies by 1/√(2n), an autocorrelation by 1/√n.
    expect(target.spread[at('volatility')]).closeTo(1 / Math.sqrt(1000), 0.01);
    expect(target.spread[at('autocorrelation')]).closeTo(1 / Math.sqrt(500), 0.015);
  });

  it('is 0 at the target, small where the law is the same, large where it is not', () => {
    expect(fitOf([target.values], target).distance).equal(0);
    const same = [0, 1, 2].map(() => momentsOf(noise(500)));
    expect(fitOf(same, target).distance).below(25);
    const wild = same.map((row) => row.map((value, m) => (m === 0 ? value + 1 : value)));
    expect(fitOf(wild, target).distance).above(90);
  });

  it('a moment that the target has alike in every stretch is matched by the same value, and by no other', () => {
    const fixed = { ...target, spread: target.spread.map((s, m) => (m === 6 ? 0 : s)) };
    expect(fitOf([fixed.values], fixed).deviations).deep.equal(momentNames.map(() => 0));
    const other = fixed.values.map((value, m) => (m === 6 ? value + 1e-9 : value));
    expect(fitOf([other], fixed).deviations[6]).equal(10);
  });

  it('every moment of the fewest returns allowed varies, so that all can be weighed', () => {
    const { values, spread } = targetOf(noise(700), fewestReturns);
    for (const m of momentNames.keys()) {
      expect(Number.isFinite(values[m]), momentNames[m]).equal(true);
      expect(spread[m], momentNames[m]).above(0);
    }
    const lagged = autocorrelation(noise(fewestReturns).map(Math.abs), longestLag);
    expect(lagged.every((rho) => rho !== 0)).equal(true);
    expect(autocorrelation(noise(fewestReturns - 1).map(Math.abs), longestLag).at(-1)).equal(0);
  });

  it('a moment that no seed has counts against a point, and no moment outweighs all others', () => {
    for (const value of [NaN, 1e9]) {
      const odd = target.values.map((own, m) => (m === 2 ? value : own));
      expect(fitOf([odd], target).distance).equal(100);
    }
  });
});

describe('profile of a parameter', () => {
  const tried = Array.from({ length: 60 }, (_, i) => ({
    place: [i / 60, ((i * 7) % 60) / 60],
    distance: 5 + 100 * (i / 60 - 0.4) ** 2,
  }));

  it('tells the part of the range that fits, where the distance depends on it', () => {
    const { identified, from, to } = profileOf(tried, 0, true);
    // Within √(3.841/100) = 0.196 of 0.4, in sixths of the range that hold such a point.
    expect([identified, from, to]).deep.equal([true, 1 / 6, 4 / 6]);
  });

  it('says so where any value does', () => {
    const { identified, from, to } = profileOf(tried, 1, true);
    expect([identified, from, to]).deep.equal([false, 0, 1]);
  });

  it('says nothing is worse without slices, which alone tell a bad part from one hardly tried', () => {
    const { identified, from, to } = profileOf(tried, 0, false);
    expect([identified, from, to]).deep.equal([false, 0, 1]);
  });

  it('slices through a point: each parameter in the middle of every other sixth', () => {
    expect(slicesThrough([0.4])).deep.equal([[1 / 12], [3 / 12], [7 / 12], [9 / 12], [11 / 12]]);
    const two = slicesThrough([0, 1]);
    expect(two).length(10);
    expect(two[0]).deep.equal([0.25, 1]);
    expect(two.at(-1)).deep.equal([0, 0.75]);
  });

  it('leaves open what was not tried', () => {
    const { least, from, to } = profileOf(tried.slice(24, 40), 0, true);
    expect(least[0]).equal(null);
    expect([from, to]).deep.equal([0, 1]);
  });
});
