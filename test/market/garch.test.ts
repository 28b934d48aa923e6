import { expect } from 'chai';
import { fitGarch, garchStandardErrors } from '../../market/garch/fit.js';
import { garchCurvature, garchLikelihood } from '../../market/garch/likelihood.js';
import { garchTheory } from '../../market/garch/theory.js';
import { stream } from '../../core/random.js';
import { expectClose } from '../close.js';
import { measured } from '../measured.js';
import { refusal } from '../refusal.js';

const truth = { mu: 0.02, omega: 0.05, alpha: 0.1, beta: 0.85 };

function simulated(length: number): Float64Array {
  const draws = stream({ seed: 7, purpose: 'garch-test' });
  let h = 1;
  return Float64Array.from({ length }, () => {
    const e = Math.sqrt(h) * draws.normal();
    h = truth.omega + truth.alpha * e * e + truth.beta * h;
    return truth.mu + e;
  });
}

const keys = ['mu', 'omega', 'alpha', 'beta'] as const;

describe('garch', () => {
  it('two returns by hand: e = ±1, so every variance is ω + α + β', () => {
    const { logLikelihood, variance } = garchLikelihood(Float64Array.of(1, -1), {
      mu: 0,
      omega: 0.5,
      alpha: 0.25,
      beta: 0.25,
    });
    expectClose(Array.from(variance), [1, 1], 1e-15);
    expectClose(logLikelihood, -Math.log(2 * Math.PI) - 1, 1e-15);
  });

  it('exact gradient and Hessian agree with finite differences', () => {
    const returns = simulated(60);
    const shifted = (key: (typeof keys)[number], by: number) => ({ ...truth, [key]: truth[key] + by });
    const { gradient, hessian } = garchCurvature(returns, truth);
    const step = 1e-5;
    keys.forEach((key, i) => {
      const value = (by: number) => garchLikelihood(returns, shifted(key, by)).logLikelihood;
      expectClose(gradient[i], (value(step) - value(-step)) / (2 * step), 1e-6);
      const slope = (by: number) => garchCurvature(returns, shifted(key, by)).gradient;
      const [above, below] = [slope(step), slope(-step)];
      keys.forEach((_, j) => expectClose(hessian[4 * i + j], (above[j]! - below[j]!) / (2 * step), 1e-5));
    });
  });

  it('finds the parameters that made the data, within three standard errors', () => {
    const returns = simulated(4000);
    const { value } = fitGarch(returns);
    const errors = garchStandardErrors(returns, value);
    for (const key of keys) expect(Math.abs(value[key] - truth[key]), key).to.be.below(3 * errors[key]!);
  });

  it('does not depend on units', () => {
    const returns = simulated(500);
    const [one, hundredth] = [fitGarch(returns).value, fitGarch(returns.map((r) => r / 100)).value];
    expectClose(hundredth.mu * 100, one.mu, 1e-7);
    expectClose(hundredth.omega * 1e4, one.omega, 1e-7);
    expectClose([hundredth.alpha, hundredth.beta], [one.alpha, one.beta], 1e-7);
  });

  it('holds parameters at their bounds, without a standard error there', () => {
    const alternating = Float64Array.from(
      { length: 200 },
      (_, t) => (t % 2 === 0 ? 1 : -1) * (t % 4 < 2 ? 1 : 3),
    );
    const { value } = fitGarch(alternating);
    expect(Math.min(value.alpha, value.beta)).to.equal(0);
    const errors = garchStandardErrors(alternating, value);
    expect(value.alpha === 0 ? errors.alpha : errors.beta).to.equal(null);
  });
});

describe('garch theory', () => {
  it('by hand: α = β = ½ has no variance; α = ¼, β = ½', () => {
    const none = garchTheory({ mu: 0, omega: 1, alpha: 0.5, beta: 0.5 }, 2);
    expect([none.unconditionalVariance, none.excessKurtosis, none.halfLife]).to.deep.equal([
      null,
      null,
      null,
    ]);
    // 1 − ¼ − ¼ − 3/16 = 5/16; 6/16 over it = 6/5. ρ₁ = ¼(1 − ⅛ − ¼)/(1 − ¼ − ¼) = 5/16.
    expectClose(
      garchTheory({ mu: 0, omega: 1, alpha: 0.25, beta: 0.5 }, 2),
      {
        unconditionalVariance: 4,
        excessKurtosis: 1.2,
        squaredAutocorrelation: [5 / 16, 15 / 64],
        halfLife: Math.log(0.5) / Math.log(0.75),
      },
      1e-14,
    );
  });

  it('without memory, shocks halve at once', () => {
    expect(garchTheory({ mu: 0, omega: 1, alpha: 0, beta: 0 }, 1).halfLife).to.equal(0);
  });
});

describe('garch measure', () => {
  it('fits, evaluates and theorises by what it is given', () => {
    const returns = Array.from(simulated(300));
    expect(measured('garch', { returns })).to.have.all.keys(
      'parameters',
      'logLikelihood',
      'variance',
      'standardErrors',
      'persistence',
    );
    expect(measured('garch', { returns, parameters: truth }))
      .to.have.property('parameters')
      .that.deep.equals(truth);
    const { omega, alpha, beta } = truth;
    const theory = measured<{ squaredAutocorrelation: number[] }>('garch', {
      parameters: { omega, alpha, beta },
    });
    expect(theory.squaredAutocorrelation).to.have.length(250);
  });

  it('names what is missing or meaningless', () => {
    const fault = (input: object) => refusal(() => measured('garch', input));
    expect(fault({})).to.match(/^returns: give returns/);
    expect(fault({ returns: Array(20).fill(1) })).to.equal('returns: must vary');
    expect(fault({ parameters: truth, init: 'mean-square' })).to.match(/^init: /);
    expect(fault({ parameters: { ...truth, omega: 0 } })).to.equal('parameters.omega: must be positive');
  });
});
