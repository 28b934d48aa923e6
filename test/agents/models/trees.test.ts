import { expect } from 'chai';
import { create } from './create.js';
import { school, skill, taskOf } from './task.js';

/** The sign of a product: nothing linear in it, and nothing to see in either feature alone. */
const interaction = (purpose: string, rows: number) =>
  taskOf(purpose, rows, 3, (x) => (x[0]! * x[1]! > 0 ? 1 : -1));

describe('trees', () => {
  for (const name of ['gradient-boosting', 'random-forest'] as const) {
    it(`${name} learns an interaction, which a linear model cannot`, () => {
      const [trees, line] = [create(name, { features: 3 }), create('linear', { features: 3 })];
      for (const cohort of [trees, line]) school(cohort, interaction('train', 1500), { rounds: 1 });
      expect(skill(trees, interaction('test', 400))).to.be.greaterThan(0.5);
      expect(skill(line, interaction('test', 400))).to.be.lessThan(0.05);
    });

    it(`${name} forecasts the same from parameters that travelled`, () => {
      const [home, away] = [create(name, { features: 3 }), create(name, { features: 3 })];
      const task = interaction('train', 300);
      school(home, task, { rounds: 1 });
      away.setParameters(0, home.parameters(0));
      expect(away.forecast(0, task.inputs, 300).mean).to.deep.equal(home.forecast(0, task.inputs, 300).mean);
    });
  }

  it('boosted models federate by vote: a forecast is the mean of whole members, and is less sure where they differ', () => {
    const options = { voters: 2, trees: 20 };
    const [a, b, both] = ['a', 'b', 'both'].map(() => create('gradient-boosting', { features: 3 }, options));
    school(a!, interaction('one', 600), { rounds: 1 });
    school(b!, interaction('other', 600), { rounds: 1 });
    // What `bag` makes of two members when it draws the first for the first place and the second for the second.
    const half = both!.parameterCount / 2;
    both!.setParameters(
      0,
      a!.parameters(0).map((w, j) => (j < half ? w : b!.parameters(0)[j]!)),
    );
    const { inputs } = interaction('test', 50);
    const [one, other, vote] = [a, b, both].map((cohort) => cohort!.forecast(0, inputs, 50));
    vote!.mean.forEach((f, r) => expect(f).to.be.closeTo((one!.mean[r]! + other!.mean[r]!) / 2, 1e-6));
    const apart = one!.mean.map((f, r) => Math.abs(f - other!.mean[r]!));
    const order = [...apart.keys()].sort((i, j) => apart[i]! - apart[j]!);
    expect(vote!.stdDev[order.at(-1)!]).to.be.greaterThan(vote!.stdDev[order[0]!]!);
    expect(skill(both!, interaction('test', 400))).to.be.greaterThan(0.5);
  });

  it('a random forest is less sure where its trees differ', () => {
    const forest = create('random-forest', { features: 3 });
    school(forest, interaction('train', 1500), { rounds: 1 });
    const { stdDev } = forest.forecast(0, Float32Array.of(0, 0, 0, 1.5, 1.5, 0), 2);
    expect(stdDev[0]).to.be.greaterThan(stdDev[1]!);
  });
});
