import { expect } from 'chai';
import { blockBootstrap } from '../../../analysis/metrics/block-bootstrap.js';
import { stream } from '../../../core/random.js';

const resampling = { seed: 3, purpose: 'test', length: 200, blockLength: 10, replications: 400, level: 0.95 };
const draw = stream({ seed: 1, purpose: 'bootstrap-test' });
const sample = Float64Array.from({ length: 200 }, () => draw.normal());
const mean = (at: Int32Array): number => at.reduce((sum, i) => sum + sample[i]!, 0) / at.length;

describe('blockBootstrap', () => {
  it('is about ±1.96 standard errors for the mean of independent draws', () => {
    const [low, high] = blockBootstrap({ mean }, resampling)['mean']!;
    expect((high - low) / 2).to.be.closeTo(1.96 / Math.sqrt(200), 0.03);
  });

  it('a constant statistic has an interval of no width', () => {
    expect(blockBootstrap({ one: () => 1 }, resampling)['one']).to.deep.equal([1, 1]);
  });

  it('keeps days of a block together', () => {
    const joints = (at: Int32Array): number =>
      at.filter((v, k) => k > 0 && v !== (at[k - 1]! + 1) % 200).length;
    const [, most] = blockBootstrap({ joints }, resampling)['joints']!;
    expect(most).to.be.at.most(19);
  });

  it('has none below five blocks, nor where the statistic is mostly undefined', () => {
    expect(blockBootstrap({ mean }, { ...resampling, length: 49 })['mean']).to.equal(null);
    expect(blockBootstrap({ none: () => NaN }, resampling)['none']).to.equal(null);
  });
});
