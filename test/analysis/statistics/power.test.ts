import { expect } from 'chai';
import { detectableEffect } from '../../../analysis/statistics/detectable-effect.js';
import { power, replicationsFor } from '../../../analysis/statistics/power.js';

describe('power of the paired t-test', () => {
  it('agrees with the noncentral t law', () => {
    expect(power(30, 0.5)).closeTo(0.7539647157437906, 1e-8);
    expect(power(5, 1)).closeTo(0.40138991737179536, 1e-8);
    expect(power(2, 0.3)).closeTo(0.05441466766810165, 1e-6);
    expect(power(200, 0.2)).closeTo(0.8036666605857853, 1e-8);
  });
  it('is the level where there is no effect', () => expect(power(12, 0)).closeTo(0.05, 1e-9));
  it('needs 34 replications for half a standard deviation', () => {
    expect(replicationsFor(0.5)).equal(34);
    expect(replicationsFor(0)).equal(null);
  });
  it('sees with n replications the effect that needs n', () => {
    expect(power(30, detectableEffect(30))).closeTo(0.8, 1e-5);
  });
});
