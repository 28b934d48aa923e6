import { expect } from 'chai';
import {
  correlation,
  incompleteBeta,
  lgamma,
  mean,
  normalCdf,
  studentTCdf,
  variance,
} from '../../core/numeric.js';
import { openStream, streamKey, type Stream } from '../../core/random.js';

const COUNT = 20000;

function sample(purpose: string, draw: (source: Stream) => number): Float64Array {
  const source = openStream(streamKey(2024, purpose));
  return Float64Array.from({ length: COUNT }, () => draw(source));
}

/** sqrt(n) times the largest gap between the sample's distribution and the law's (Kolmogorov-Smirnov). */
function kolmogorovSmirnov(values: Float64Array, cdf: (x: number) => number): number {
  const sorted = values.slice().sort();
  let gap = 0;
  sorted.forEach((x, i) => {
    const p = cdf(x);
    gap = Math.max(gap, p - i / COUNT, (i + 1) / COUNT - p);
  });
  return gap * Math.sqrt(COUNT);
}

/** Exceeded by one sample in a thousand of the law itself. */
const CRITICAL = 1.95;

/** Pearson's statistic of counts against probabilities, over its degrees of freedom: near 1 for the law itself. */
function chiSquareRatio(values: Float64Array, probabilities: readonly number[]): number {
  const counts = new Float64Array(probabilities.length);
  for (const value of values) counts[Math.min(value, probabilities.length - 1)]! += 1;
  const terms = probabilities.map((p, i) => (counts[i]! - COUNT * p) ** 2 / (COUNT * p));
  return terms.reduce((a, b) => a + b, 0) / (probabilities.length - 1);
}

/** Probabilities of 0, 1, ..., last - 1 and of all that is above. */
function poissonLaw(rate: number, last: number): number[] {
  const below = Array.from({ length: last }, (_, k) => Math.exp(k * Math.log(rate) - rate - lgamma(k + 1)));
  return [...below, 1 - below.reduce((a, b) => a + b, 0)];
}

/** Distribution function of the gamma law, by its power series. */
function gammaCdf(x: number, shape: number): number {
  let term = Math.exp(shape * Math.log(x) - x - lgamma(shape + 1));
  let total = term;
  for (let k = 1; k < 400; k += 1) {
    term *= x / (shape + k);
    total += term;
  }
  return total;
}

describe('distributions', () => {
  it('uniform', () => {
    const values = sample('uniform', (s) => s.uniform());
    expect(kolmogorovSmirnov(values, (x) => x)).to.be.below(CRITICAL);
    expect(Math.min(...values)).to.be.above(0);
    expect(Math.max(...values)).to.be.below(1);
    expect(Math.abs(correlation(values.slice(1), values.slice(0, -1)))).to.be.below(0.025);
  });

  it('normal', () => {
    const values = sample('normal', (s) => s.normal());
    expect(kolmogorovSmirnov(values, normalCdf)).to.be.below(CRITICAL);
    expect(mean(values)).to.be.closeTo(0, 0.025);
    expect(variance(values)).to.be.closeTo(1, 0.035);
    expect(mean(values.map((x) => x ** 4))).to.be.closeTo(3, 0.25);
  });

  for (const df of [1, 2.5, 4, 30]) {
    it(`student-t of ${df} degrees of freedom`, () => {
      const values = sample(`t-${df}`, (s) => s.studentT(df));
      expect(kolmogorovSmirnov(values, (t) => studentTCdf(t, df))).to.be.below(CRITICAL);
    });
  }

  it('student-t of variance 1 is the other, rescaled', () => {
    const values = sample('unit-t', (s) => s.unitStudentT(6));
    expect(variance(values)).to.be.closeTo(1, 0.06);
    const scale = Math.sqrt(6 / 4);
    expect(kolmogorovSmirnov(values, (t) => studentTCdf(t * scale, 6))).to.be.below(CRITICAL);
  });

  it('exponential', () => {
    const values = sample('exponential', (s) => s.exponential());
    expect(kolmogorovSmirnov(values, (x) => -Math.expm1(-x))).to.be.below(CRITICAL);
  });

  for (const shape of [0.2, 1, 3.7, 40]) {
    it(`gamma of shape ${shape}`, () => {
      const values = sample(`gamma-${shape}`, (s) => s.gamma(shape));
      expect(kolmogorovSmirnov(values, (x) => gammaCdf(x, shape))).to.be.below(CRITICAL);
      expect(mean(values)).to.be.closeTo(shape, 5 * Math.sqrt(shape / COUNT));
    });
  }

  it('two gammas make a beta', () => {
    const values = sample('beta', (s) => {
      const a = s.gamma(2);
      return a / (a + s.gamma(0.7));
    });
    expect(kolmogorovSmirnov(values, (x) => incompleteBeta(x, 2, 0.7))).to.be.below(CRITICAL);
  });

  for (const [rate, last] of [
    [0.3, 4],
    [4, 12],
    [9.99, 22],
    [10, 22],
    [35, 58],
  ] as const) {
    it(`poisson of mean ${rate}`, () => {
      const values = sample(`poisson-${rate}`, (s) => s.poisson(rate));
      expect(chiSquareRatio(values, poissonLaw(rate, last))).to.be.below(1 + 5 * Math.sqrt(2 / last));
    });
  }

  it('poisson at its extremes', () => {
    const large = sample('poisson-large', (s) => s.poisson(1e6));
    expect(mean(large)).to.be.closeTo(1e6, 5 * Math.sqrt(1e6 / COUNT));
    expect(variance(large) / 1e6).to.be.closeTo(1, 0.05);
    expect(Math.max(...sample('poisson-zero', (s) => s.poisson(0)))).to.equal(0);
  });

  for (const n of [1, 2, 7, 100]) {
    it(`integers below ${n}`, () => {
      const values = sample(`integer-${n}`, (s) => s.integer(n));
      const law = Array.from({ length: n }, () => 1 / n);
      if (n > 1) expect(chiSquareRatio(values, law)).to.be.below(1 + 5 * Math.sqrt(2 / (n - 1)));
      expect(Math.max(...values)).to.equal(n - 1);
      expect(Math.min(...values)).to.equal(0);
    });
  }

  it('integers below 3 2^30 and 3 2^51 are unbiased, where a plain remainder would not be', () => {
    for (const n of [3 * 2 ** 30, 3 * 2 ** 51]) {
      const values = sample(`wide-${n}`, (s) => Math.floor((s.integer(n) / n) * 3));
      expect(chiSquareRatio(values, [1 / 3, 1 / 3, 1 / 3])).to.be.below(7);
    }
  });

  it('every order of three is shuffled to as often, and every item chosen', () => {
    const orders = ['012', '021', '102', '120', '201', '210'];
    const values = sample('shuffle', (s) => orders.indexOf(s.shuffle([0, 1, 2]).join('')));
    expect(
      chiSquareRatio(
        values,
        orders.map(() => 1 / 6),
      ),
    ).to.be.below(4);
    const chosen = sample('choice', (s) => s.choice([2, 0, 1]));
    expect(chiSquareRatio(chosen, [1 / 3, 1 / 3, 1 / 3])).to.be.below(7);
  });
});
