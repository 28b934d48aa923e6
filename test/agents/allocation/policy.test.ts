import { expect } from 'chai';
import { policyStrategy } from '../../../agents/allocation/policy.js';
import { viewOf } from './problems.js';

const options = (given: object = {}) => policyStrategy.options.parse(given);
const view = {
  ...viewOf(3, 1),
  benchmark: Float64Array.of(0.5, 0.3, 0.2),
  permitted: new Uint8Array(3).fill(1),
};

describe('policy', () => {
  it('tilts the benchmark by what the mind says, by hand', () => {
    const scores = Float64Array.of(1, -0.5, 0);
    const weights = policyStrategy.allocate({ ...view, leverage: 0.9, scores }, options());
    // 0.5 · 2, 0.3 · 0.5, 0.2: 1.35 in all.
    [1, 0.15, 0.2].forEach((w, i) => expect(weights[i]).to.be.closeTo((0.9 * w) / 1.35, 1e-12));
  });

  it('cuts scores off at 1, after the gain, and tilts by no more than it may', () => {
    const scores = Float64Array.of(5, -5, 0);
    const weights = policyStrategy.allocate({ ...view, leverage: 1, scores }, options({ tilt: 0.5 }));
    [0.75, 0.15, 0.2].forEach((w, i) => expect(weights[i]).to.be.closeTo(w / 1.1, 1e-12));
    const gained = policyStrategy.allocate(
      { ...view, leverage: 1, scores: Float64Array.of(0.25, 0, 0) },
      options({ gain: 2 }),
    );
    expect(gained[0]).to.be.closeTo(0.75 / 1.25, 1e-12);
  });

  it('holds the benchmark where the mind would leave everything', () => {
    const scores = new Float64Array(3).fill(-1);
    expect([...policyStrategy.allocate({ ...view, leverage: 1, scores }, options())]).to.deep.equal([
      0.5, 0.3, 0.2,
    ]);
  });
});
