import { expect } from 'chai';
import { bootstrapInterval } from '../../../analysis/statistics/bootstrap-interval.js';
import { pairedDifference } from '../../../analysis/statistics/paired-difference.js';
import { studentInterval } from '../../../analysis/statistics/student-interval.js';
import { studentQuantile } from '../../../analysis/statistics/student-quantile.js';
import { stream } from '../../../core/random.js';

const control = [1.1, 2.3, 0.4, 3.3, 1.9];
const treated = [1.6, 2.2, 1.4, 4.1, 2.8];
const address = { seed: 1, purpose: 'test' };

describe('studentQuantile', () => {
  it('gives the tables of Student’s t', () => {
    expect(studentQuantile(0.975, 29)).closeTo(2.0452296421327034, 1e-12);
    expect(studentQuantile(0.6, 3)).closeTo(0.27667066233268955, 1e-12);
    expect(studentQuantile(0.995, 1)).closeTo(63.65674116287158, 1e-9);
    expect(studentQuantile(0.025, 29)).closeTo(-2.0452296421327034, 1e-12);
    expect(studentQuantile(1, 3)).to.be.NaN;
  });
});

describe('studentInterval', () => {
  it('has no interval for one replication', () => {
    expect(studentInterval([2])).to.deep.include({ value: 2, interval: null, n: 1 });
  });
  it('is certain of a constant', () => {
    expect(studentInterval([2, 2, 2])).to.deep.include({ value: 2, interval: [2, 2], pValue: 0 });
    expect(studentInterval([0, 0]).pValue).to.equal(1);
  });
});

describe('pairedDifference', () => {
  it('is the paired t-test', () => {
    const found = pairedDifference(control, treated, address);
    expect(found.value).closeTo(0.62, 1e-12);
    expect(found.interval![0]).closeTo(0.06889138236299996, 1e-9);
    expect(found.interval![1]).closeTo(1.171108617637, 1e-9);
    expect(found.pValue).closeTo(0.035406195987038876, 1e-12);
    expect(found.n).equal(5);
  });
  it('says what pairing bought', () => {
    const common = Array.from({ length: 40 }, (_, r) => stream({ seed: r, purpose: 'common' }).normal());
    const shifted = common.map((v) => v + 1);
    expect(pairedDifference(common, shifted, address).varianceReduction).closeTo(1, 1e-12);
    const opposite = common.map((v) => -v);
    expect(pairedDifference(common, opposite, address).varianceReduction).closeTo(-1, 1e-12);
  });
  it('leaves out pairs with a missing side', () => {
    expect(pairedDifference([1, NaN, 3], [2, 2, 5], address)).to.deep.include({ value: 1.5, n: 2 });
  });
  it('refuses unequal numbers of replications', () => {
    expect(() => pairedDifference([1], [1, 2], address)).to.throw('1 and 2');
  });
});

describe('bootstrapInterval', () => {
  it('is near the published method’s on a small sample', () => {
    const differences = control.map((x, i) => treated[i]! - x);
    const [low, high] = bootstrapInterval(differences, { address, resamples: 20000 })!;
    expect(low).closeTo(0.12, 0.021);
    expect(high).closeTo(0.88, 0.021);
  });
  it('covers the mean of a skewed law about as often as it says', () => {
    let covered = 0;
    for (let trial = 0; trial < 200; trial++) {
      const draw = stream({ seed: trial, purpose: 'skewed' });
      const sample = Float64Array.from({ length: 30 }, () => draw.exponential());
      const [low, high] = bootstrapInterval(sample, { address, resamples: 300 })!;
      if (low <= 1 && 1 <= high) covered++;
    }
    expect(covered).within(176, 198);
  });
  it('gives the same numbers for the same address, and none for two replications', () => {
    const sample = [1, 2, 4, 8];
    expect(bootstrapInterval(sample, { address })).to.deep.equal(bootstrapInterval(sample, { address }));
    expect(bootstrapInterval([1, 2], { address })).equal(null);
  });
});
