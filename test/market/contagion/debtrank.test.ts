import { expect } from 'chai';
import { NotConverged } from '../../../core/not-converged.js';
import { csrFromDense } from '../../../market/contagion/csr.js';
import { debtRank } from '../../../market/contagion/debtrank.js';
import { expectClose } from '../../close.js';
import { measured } from '../../measured.js';
import { refusal } from '../../refusal.js';

interface Output {
  distress: number[];
  iterations: number;
  inducedLossRatio: number;
  R: number;
}

/** 0 lends 3 to 1, which lends 1 to 2. */
const chain = {
  exposures: [
    [0, 3, 0],
    [0, 0, 1],
    [0, 0, 0],
  ],
  equity: [2, 4, 1],
};

const cycle = (lambda: number) =>
  csrFromDense([
    [0, lambda],
    [lambda, 0],
  ]);

describe('debtrank', () => {
  it('divides by the equity of the lender', () => {
    const found = measured<Output>('debtrank', { ...chain, defaulted: [2] });
    // h₁ = 1/4, h₀ = 3/2 · 1/4.
    expectClose(found.distress, [0.375, 0.25, 1], 1e-12);
    expectClose(found.inducedLossRatio, (2 * 0.375 + 4 * 0.25) / 7, 1e-12);
    // Borrowed: nothing by 0, 3 by 1, 1 by 2.
    expectClose(found.R, 0.75 * 0.25, 1e-12);
  });

  it('weighs R as told, and is 0 without exposures', () => {
    const weighted = measured<Output>('debtrank', { ...chain, defaulted: [2], weights: [3, 1, 0] });
    expectClose(weighted.R, (3 * 0.375 + 0.25) / 4, 1e-12);
    const alone = measured<Output>('debtrank', { exposures: [[0]], equity: [1], shock: [0.5] });
    expect(alone).to.deep.equal({ distress: [0.5], iterations: 1, residual: 0, inducedLossRatio: 0, R: 0 });
  });

  it('caps the impact of one default in the single-hit variant, unless told otherwise', () => {
    const shock = [0, 0.5, 0];
    const capped = measured<Output>('debtrank', { ...chain, shock, variant: 'single-hit' });
    expectClose(capped.distress, [0.5, 0.5, 0], 1e-12);
    const full = measured<Output>('debtrank', { ...chain, shock, variant: 'single-hit', capped: false });
    expectClose(full.distress, [0.75, 0.5, 0], 1e-12);
  });

  it('converges close to criticality on the true residual', () => {
    const { value, iterations } = debtRank(cycle(0.997), [1, 1], [0.001, 0], 'rounds');
    expectClose([...value], [0.001 / (1 - 0.997 ** 2), 0.000997 / (1 - 0.997 ** 2)], 1e-10);
    expect(iterations).to.be.greaterThan(5000);
  });

  it('climbs to the same solution in place as in rounds, in fewer iterations', () => {
    const exposures = csrFromDense([
      [0, 0.4, 0.2, 0],
      [0.3, 0, 0.3, 0.9],
      [0, 0.5, 0, 0.1],
      [0.2, 0.2, 0.2, 0],
    ]);
    const solve = (sweep: 'rounds' | 'in place') =>
      debtRank(exposures, [1, 1, 1, 1], [0.05, 0, 0.1, 0], sweep);
    const [rounds, inPlace] = [solve('rounds'), solve('in place')];
    expectClose([...inPlace.value], [...rounds.value], 1e-12);
    expect(inPlace.iterations).to.be.lessThan(0.7 * rounds.iterations);
  });

  it('saturates beyond criticality, and says how far it got where it may not go on', () => {
    expectClose([...debtRank(cycle(1.1), [1, 1], [1e-6, 0]).value], [1, 1], 0);
    const stop = { tolerance: 1e-14, maxIterations: 10 };
    expect(() => debtRank(cycle(0.9999), [1, 1], [0.1, 0], 'rounds', stop))
      .to.throw(NotConverged)
      .that.includes({ solver: 'debtrank', iterations: 10 })
      .and.has.property('residual')
      .that.is.closeTo(0.1, 0.01);
  });

  it('refuses what makes no sense, naming the place', () => {
    const refused = (change: object) =>
      refusal(() => measured('debtrank', { ...chain, shock: [0, 0, 0], ...change }));
    expect(refused({ equity: [2, 0, 1] })).to.match(/equity.*1.*positive/s);
    expect(
      refused({
        exposures: [
          [0, 1],
          [1, 0],
        ],
      }),
    ).to.match(/equity/);
    expect(
      refused({
        exposures: [
          [0, 3, 0],
          [0, 5, 1],
          [0, 0, 0],
        ],
      }),
    ).to.match(/row 1, column 1/);
    expect(refused({ defaulted: [1] })).to.match(/either shock or defaulted/);
    expect(refused({ shock: undefined, defaulted: [3] })).to.match(/defaulted/);
    expect(refused({ capped: true })).to.match(/single-hit/);
    expect(refused({ weights: [0, 0, 0] })).to.match(/weights/);
    expect(refused({ shock: [0, 0] })).to.match(/shock/);
  });
});
