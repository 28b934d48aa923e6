import { expect } from 'chai';
import { create } from './create.js';
import { school, skill, taskOf } from './task.js';

const plane = (x: Float32Array) => 0.5 * x[0]! - 2 * x[1]! + 0.25 * x[2]! + 1;

describe('linear', () => {
  it('recovers least squares on noiseless data', () => {
    const cohort = create('linear', { features: 3 });
    const task = taskOf('train', 500, 3, plane);
    school(cohort, task, { rounds: 30, learningRate: 0.02 });
    const expected = [0.5, -2, 0.25, 1];
    cohort.parameters(0).forEach((value, i) => expect(value).to.be.closeTo(expected[i]!, 1e-3));
    expect(skill(cohort, task)).to.be.greaterThan(0.9999);
  });

  it('states the deviation of its errors', () => {
    const cohort = create('linear', { features: 3 });
    const noisy = taskOf('train', 4000, 3, (x, draws) => plane(x) + 0.3 * draws.normal());
    school(cohort, noisy, { rounds: 60, learningRate: 0.01 });
    expect(cohort.forecast(0, Float32Array.of(0, 0, 0), 1).stdDev[0]).to.be.closeTo(0.3, 0.03);
  });

  it('learns by plain gradient descent too', () => {
    const cohort = create('linear', { features: 3 }, { optimiser: 'sgd' });
    const task = taskOf('train', 500, 3, plane);
    school(cohort, task, { learningRate: 0.05 });
    expect(skill(cohort, task)).to.be.greaterThan(0.9999);
  });

  it("is moved less by one crash day under Huber's loss", () => {
    const crash = taskOf('train', 200, 1, (x, draws) => x[0]! + (draws.integer(20) === 0 ? 40 : 0));
    const [squared, huber] = ['squared-error', 'huber'].map((loss) => {
      const cohort = create('linear', { features: 1 }, { loss });
      school(cohort, crash);
      return Math.abs(cohort.parameters(0)[1]!);
    });
    expect(huber).to.be.lessThan(0.3 * squared!);
  });

  it('under a lasso keeps what matters, shrunk by the known amount, and sets the rest to exactly 0', () => {
    const cohort = create('linear', { features: 3 }, { optimiser: 'sgd', lasso: 0.4 });
    const task = taskOf('train', 4000, 3, (x, draws) => x[0]! + 0.02 * x[1]! + 0.05 * draws.normal());
    school(cohort, task, { rounds: 20, batchSize: 256, learningRate: 0.05 });
    const [first, second, third] = cohort.parameters(0);
    // Unit inputs: the solution is moved towards 0 by half the lasso's weight.
    expect(first).to.be.closeTo(0.8, 0.03);
    expect([second, third]).to.deep.equal([0, 0]);
  });

  it('under decay with plain gradient descent is a ridge', () => {
    const cohort = create('linear', { features: 3 }, { optimiser: 'sgd', weightDecay: 2 });
    school(
      cohort,
      taskOf('train', 4000, 3, (x) => x[0]!),
      { rounds: 20, batchSize: 256, learningRate: 0.05 },
    );
    expect(cohort.parameters(0)[0]).to.be.closeTo(0.5, 0.03);
  });

  it('under both is an elastic net, solved by hand', () => {
    const cohort = create('linear', { features: 2 }, { optimiser: 'sgd', lasso: 0.4, weightDecay: 2 });
    const task = taskOf('train', 4000, 2, (x) => x[0]! + 0.1 * x[1]!);
    school(cohort, task, { rounds: 20, batchSize: 256, learningRate: 0.05 });
    // Unit inputs: w minimises (w - a)² + 0.4 |w| + w², so that w = (2 a - 0.4) / 4 where that is above 0.
    expect(cohort.parameters(0)[0]).to.be.closeTo(0.4, 0.03);
    expect(cohort.parameters(0)[1]).to.equal(0);
  });

  it('refuses a lasso without plain gradient descent', () => {
    expect(() => create('linear', { features: 1 }, { lasso: 1 })).to.throw('needs optimiser sgd');
  });
});
