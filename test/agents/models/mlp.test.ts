import { expect } from 'chai';
import { create } from './create.js';
import { school, skill, taskOf } from './task.js';

const product = (purpose: string, rows: number) => taskOf(purpose, rows, 3, (x) => x[0]! * x[1]!);

describe('mlp', () => {
  it('learns a product of two features, which a linear model cannot', () => {
    const network = create('mlp', { features: 3 });
    const line = create('linear', { features: 3 });
    for (const cohort of [network, line]) school(cohort, product('train', 2000));
    expect(skill(network, product('test', 500))).to.be.greaterThan(0.9);
    expect(skill(line, product('test', 500))).to.be.lessThan(0.05);
  });

  it('has the parameters and flops of its layers', () => {
    const cohort = create('mlp', { features: 24 }, { hidden: [32, 16] });
    expect(cohort.parameterCount).to.equal(24 * 32 + 32 + 32 * 16 + 16 + 16 + 1);
    expect(cohort.flopsPerForecast).to.equal(2 * (24 * 32 + 32 * 16 + 16));
    expect(cohort.representationWidth).to.equal(16);
  });

  it('shows its last hidden layer', () => {
    const cohort = create('mlp', { features: 2 }, { hidden: [8, 6] });
    school(
      cohort,
      taskOf('train', 50, 2, (x) => x[0]!),
      { rounds: 1 },
    );
    const { representation } = cohort.forecast(0, Float32Array.of(1, 2, -1, 0.5), 2);
    expect(representation).to.have.lengthOf(12);
    expect(Math.max(...representation!)).to.be.greaterThan(0);
  });
});
