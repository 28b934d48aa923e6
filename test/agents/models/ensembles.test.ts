import { expect } from 'chai';
import { create } from './create.js';
import { drawsFor, samplesOf, school, skill, taskOf } from './task.js';

const product = (purpose: string, rows: number) =>
  taskOf(purpose, rows, 2, (x, draws) => x[0]! * x[1]! + 0.1 * draws.normal());

describe('networks that know what they do not know', () => {
  for (const name of ['deep-ensemble', 'mc-dropout'] as const) {
    it(`${name} learns a product, which a linear model cannot`, () => {
      const [cohort, line] = [create(name, { features: 2 }), create('linear', { features: 2 })];
      for (const each of [cohort, line]) school(each, product('train', 1500));
      expect(skill(cohort, product('test', 300))).to.be.greaterThan(0.8);
      expect(skill(line, product('test', 300))).to.be.lessThan(0.1);
    });

    it(`${name} is less sure far from what it has seen, and answers the same twice`, () => {
      const cohort = create(name, { features: 2 });
      school(cohort, product('train', 1500));
      const rows = Float32Array.of(0.1, 0.1, 8, -8);
      const { mean, stdDev } = cohort.forecast(0, rows, 2);
      expect(stdDev[1]).to.be.greaterThan(1.5 * stdDev[0]!);
      expect(cohort.forecast(0, rows, 2).mean).to.deep.equal(mean);
    });
  }

  it('deep-ensemble weighs members by the inverse of their error variance, solved by hand', () => {
    const cohort = create('deep-ensemble', { features: 1 }, { members: 2, hidden: [4] });
    const one = cohort.parameterCount / 2;
    // Nothing but the outputs' biases: members say 1 and 6 whatever they see.
    const said = new Float32Array(2 * one);
    said[one - 1] = 1;
    said[2 * one - 1] = 6;
    cohort.setParameters(0, said);
    const state = cohort.saveState(0);
    const half = state.length / 2;
    // A member's state begins with three numbers of 8 bytes; the third is the variance of its errors.
    [1, 4].forEach((variance, i) =>
      state.set(new Uint8Array(Float64Array.of(variance).buffer), i * half + 16),
    );
    cohort.loadState(0, state);
    const { mean, stdDev } = cohort.forecast(0, Float32Array.of(3), 1);
    // Votes 0.8 and 0.2: consensus 2; variance 0.8 (1 + 1) + 0.2 (4 + 16) = 5.6.
    expect(mean[0]).to.be.closeTo(2, 1e-6);
    expect(stdDev[0]).to.be.closeTo(Math.sqrt(5.6), 1e-6);
  });

  it('deep-ensemble carries all members in its parameters and state', () => {
    const [home, away] = [create('deep-ensemble', { features: 2 }), create('deep-ensemble', { features: 2 })];
    school(home, product('train', 100), { rounds: 1 });
    expect(home.parameterCount).to.equal(5 * create('mlp', { features: 2 }).parameterCount);
    away.setParameters(0, home.parameters(0));
    expect(away.parameters(0)).to.deep.equal(home.parameters(0));
    away.loadState(0, home.saveState(0));
    const request = { steps: 2, batchSize: 8, learningRate: 0.01 };
    for (const cohort of [home, away])
      cohort.train(0, { ...request, samples: samplesOf(product('train', 100)), stream: drawsFor('more') });
    expect(away.parameters(0)).to.deep.equal(home.parameters(0));
  });
});
