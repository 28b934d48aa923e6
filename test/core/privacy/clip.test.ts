import { expect } from 'chai';
import { measures } from '../../../coordinator/aggregation/index.js';
import { nextClip, updateNoiseMultiplier } from '../../../core/privacy/adaptive-clip.js';
import { addClipped, clip } from '../../../core/privacy/clip.js';
import { addNoise, meanNoiseStdDev } from '../../../core/privacy/noise.js';

describe('clip', () => {
  it('shortens in the same direction, and leaves short updates alone', () => {
    expect(clip([3, 4], 1).norm).to.equal(5);
    expect(clip([3, 4], 1).clipped[1]).to.be.closeTo(0.8, 1e-15);
    expect([...clip([3, 4], 5).clipped]).to.deep.equal([3, 4]);
    expect([...clip([0, 0], 1).clipped]).to.deep.equal([0, 0]);
  });

  it('added to a sum is what it is by itself, bit by bit', () => {
    for (const bound of [0.3, 1, 7]) {
      const [update, sum] = [[3.1, -4.7, 0.2], Float64Array.of(0.1, 0.2, 0.3)];
      const apart = clip(update, bound).clipped.map((value, j) => sum[j]! + value);
      addClipped(sum, update, bound);
      expect(sum).to.deep.equal(apart);
    }
  });

  it('measure: noise of the mean', () => {
    const run = (input: unknown) => measures.clip.compute(measures.clip.input.parse(input));
    expect(run({ update: [3, 4], clip: 0.5, noiseMultiplier: 1, clients: 10 })).to.deep.include({
      norm: 5,
      noiseStdDev: 0.05,
    });
    expect(run({ update: [3, 4], clip: 10 })).to.deep.equal({ norm: 5, clipped: [3, 4] });
    const { error } = measures.clip.input.safeParse({ update: [1], clip: 1, clients: 3 });
    expect(error!.issues[0]!.path).to.deep.equal(['noiseMultiplier']);
  });

  it('adds noise of the standard deviation asked for', () => {
    expect(meanNoiseStdDev(1, 0.5, 10)).to.equal(0.05);
    expect([...addNoise([1, 2], 0.5, () => -2)]).to.deep.equal([0, 1]);
  });
});

describe('adaptive clipping', () => {
  it('moves the bound towards the quantile', () => {
    expect(nextClip(2, 0.5, 0.5, 0.2)).to.equal(2);
    expect(nextClip(2, 1, 0.5, 0.2)).to.be.closeTo(2 * Math.exp(-0.1), 1e-15);
    expect(nextClip(2, 0, 0.5, 0.2)).to.be.above(2);
  });

  it('splits the noise as Flower’s published case', () => {
    expect(updateNoiseMultiplier(3, 5)).to.be.closeTo(3.144854510165755, 1e-14);
    expect(() => updateNoiseMultiplier(3, 1.5)).to.throw(RangeError, /must exceed half/);
  });
});
