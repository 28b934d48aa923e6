import { expect } from 'chai';
import { erfc, pow } from '../../../core/numeric.js';
import { affordable, defaultOrders, guarantee, spending } from '../../../core/privacy/accountant.js';
import { renyiDivergence } from '../../../core/privacy/renyi.js';

/** The moment A by Mironov's signed series, summed far beyond need, the last two partial sums averaged. */
function signedSeries(order: number, rate: number, noise: number): number {
  const centre = noise ** 2 * Math.log(1 / rate - 1) + 0.5;
  const half = (x: number) => 0.5 * erfc(x / (Math.SQRT2 * noise));
  let [coefficient, sum, before] = [1, 0, 0];
  for (let i = 0; i < 400; i++) {
    const j = order - i;
    before = sum;
    const low = pow(rate, i) * pow(1 - rate, j) * Math.exp((i * i - i) / (2 * noise ** 2)) * half(i - centre);
    const high =
      pow(rate, j) * pow(1 - rate, i) * Math.exp((j * j - j) / (2 * noise ** 2)) * half(centre - j);
    if (!Number.isFinite(low + high)) break;
    sum += coefficient * (low + high);
    coefficient *= (order - i) / (i + 1);
    if (Math.abs(sum - before) < 1e-17) break;
  }
  return (sum + before) / 2;
}

describe('renyiDivergence', () => {
  it('is α/2σ² without subsampling, and nothing for nobody', () => {
    expect(renyiDivergence(3.5, 1, 2)).to.equal(3.5 / 8);
    expect(renyiDivergence(7, 0, 2)).to.equal(0);
  });

  it('at order 2 is ln(1 + q²(e^{1/σ²} − 1))', () => {
    const exact = Math.log1p(0.01 ** 2 * Math.expm1(1 / 1.3 ** 2));
    expect(renyiDivergence(2, 0.01, 1.3) / exact).to.be.closeTo(1, 1e-13);
  });

  it('keeps its digits at tiny rates', () => {
    const exact = 1e-12 * Math.expm1(1);
    expect(renyiDivergence(2, 1e-6, 1) / exact).to.be.closeTo(1, 1e-11);
    expect(renyiDivergence(2.0000001, 1e-6, 1) / exact).to.be.closeTo(1, 1e-6);
  });

  for (const [order, rate, noise] of [
    [1.5, 0.01, 2.5],
    [2.5, 0.01, 2.5],
    [3.9, 0.04, 1.5],
    [5.5, 0.1, 4],
  ] as const)
    it(`agrees with the signed series at order ${order}, rate ${rate}, noise ${noise}`, () => {
      const excess = Math.expm1(renyiDivergence(order, rate, noise) * (order - 1));
      expect(excess / (signedSeries(order, rate, noise) - 1)).to.be.closeTo(1, 1e-8);
    });

  it('with next to no noise is reckoned at the next whole order, which is not less', () => {
    for (const noise of [0.049, 1e-3, 1e-12]) {
      const [low, high] = [renyiDivergence(2.5, 0.3, noise), renyiDivergence(3, 0.3, noise)];
      expect(low).to.equal(high).and.to.satisfy(Number.isFinite);
    }
    const exact = renyiDivergence(2.5, 0.3, 0.05);
    expect(renyiDivergence(2.5, 0.3, 0.0499))
      .to.be.above(exact)
      .and.below(1.3 * exact);
  });

  it('is continuous across whole orders, also with little noise', () => {
    for (const [rate, noise] of [
      [0.3, 0.4],
      [0.5, 0.2],
      [0.01, 10],
    ] as const)
      for (const order of [2, 8, 60])
        expect(
          renyiDivergence(order + 1e-9, rate, noise) / renyiDivergence(order, rate, noise),
        ).to.be.closeTo(1, 1e-7);
  });
});

describe('accountant', () => {
  const one = { noiseMultiplier: 1.5, sampleRate: 0.04, rounds: 1 };

  it('never gives less than zero', () => {
    const spent = spending(defaultOrders, { ...one, noiseMultiplier: 1e6 });
    expect(guarantee(defaultOrders, spent, 0.5).epsilon).to.equal(0);
  });

  it('refuses the first round that would break a budget', () => {
    const round = spending(defaultOrders, one);
    const budget = { epsilon: 2, delta: 1e-5 };
    let [rounds, spent] = [0, new Float64Array(defaultOrders.length)];
    while (affordable(defaultOrders, spent, round, budget)) {
      rounds++;
      spent = spent.map((value, i) => value + round[i]!);
    }
    const after = (count: number) =>
      guarantee(defaultOrders, spending(defaultOrders, { ...one, rounds: count }), 1e-5).epsilon;
    expect(after(rounds)).to.be.at.most(2);
    expect(after(rounds + 1)).to.be.above(2);
  });
});
