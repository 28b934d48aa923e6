import { expect } from 'chai';
import { NonFinite } from '../../../agents/learning/non-finite.js';
import { create } from './create.js';
import { school, skill, taskOf } from './task.js';

const plane = (x: Float32Array) => 0.5 * x[0]! - x[1]!;

describe('bayesian-linear', () => {
  it('is least squares with a ridge: one row, solved by hand', () => {
    const cohort = create('bayesian-linear', { features: 1 }, { priorPrecision: 1 });
    // One row x = 2, y = 3, prior precision 1 on weight and constant: (I + x x')⁻¹ x y = (2, 1) * 3 / 6.
    school(cohort, { width: 1, inputs: Float32Array.of(2), targets: Float32Array.of(3) }, { rounds: 1 });
    const [weight, bias] = cohort.parameters(0);
    expect(weight).to.be.closeTo(1, 1e-6);
    expect(bias).to.be.closeTo(0.5, 1e-6);
  });

  it('states the noise, and more uncertainty where it has seen nothing', () => {
    const cohort = create('bayesian-linear', { features: 2 });
    const noisy = taskOf('train', 500, 2, (x, draws) => plane(x) + 0.5 * draws.normal());
    school(cohort, noisy, { rounds: 2 });
    const { stdDev } = cohort.forecast(0, Float32Array.of(0, 0, 50, 50), 2);
    expect(stdDev[0]).to.be.closeTo(0.5, 0.05);
    expect(stdDev[1]).to.be.greaterThan(2 * stdDev[0]!);
    expect(skill(cohort, taskOf('test', 300, 2, plane))).to.be.greaterThan(0.99);
  });

  it('is not finite, and stays as it was, where the prior is too weak to tell two columns apart', () => {
    const cohort = create('bayesian-linear', { features: 2 }, { priorPrecision: 1e-300 });
    const before = cohort.saveState(0);
    const twice = taskOf('twice', 50, 1, (x) => x[0]!);
    const inputs = Float32Array.from({ length: 100 }, (_, i) => twice.inputs[i >> 1]!);
    const doubled = { width: 2, inputs, targets: twice.targets };
    expect(() => school(cohort, doubled, { rounds: 1 })).to.throw(
      NonFinite,
      'bayesian-linear: inverse of the precision is not finite',
    );
    expect(cohort.saveState(0)).to.deep.equal(before);
  });

  it('refuses penalties, which it has no gradient for', () => {
    const cohort = create('bayesian-linear', { features: 1 });
    const samples = { count: 1, gather: () => 0 };
    const request = { samples, steps: 1, batchSize: 1, learningRate: 1, stream: undefined as never };
    expect(() => cohort.train(0, { ...request, penalties: { l2: { weight: 1 } } })).to.throw(
      RangeError,
      'l2',
    );
  });
});
