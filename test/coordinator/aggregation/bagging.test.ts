import { expect } from 'chai';
import { bag } from '../../../coordinator/aggregation/bagging.js';
import { stream } from '../../../core/random.js';

const update = (institution: string, examples: number, value: number, trees: number) => ({
  institution,
  examples,
  delta: new Float32Array(2 * trees).fill(value),
});
const draws = () => stream({ seed: 3, purpose: 'bagging' });

describe('bagging', () => {
  it('takes every tree whole from one institution', () => {
    const forest = bag(
      new Float32Array(40).fill(1),
      [update('a', 1, 1, 20), update('b', 1, 2, 20)],
      20,
      draws(),
    );
    for (let tree = 0; tree < 20; tree++) {
      expect(forest[2 * tree]).to.equal(forest[2 * tree + 1]);
      expect(forest[2 * tree]).to.be.oneOf([2, 3]);
    }
    expect(new Set(forest).size).to.equal(2);
  });

  it('in proportion to examples: nobody without any lends, and three quarters come from who has them', () => {
    const updates = [update('a', 3, 1, 4000), update('b', 1, 2, 4000), update('c', 0, 5, 4000)];
    const forest = bag(new Float32Array(8000), updates, 4000, draws());
    const share = (value: number) => forest.filter((v) => v === value).length / forest.length;
    expect(share(1)).to.be.closeTo(0.75, 0.03);
    expect(share(5)).to.equal(0);
  });
});
