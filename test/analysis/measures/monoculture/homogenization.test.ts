import { expect } from 'chai';
import {
  groupHomogenization,
  homogenizationRatio,
  poissonBinomial,
} from '../../../../analysis/measures/monoculture/homogenization.js';
import { expectClose } from '../../../close.js';
import { measured } from '../../../measured.js';

describe('homogenization', () => {
  it('one model twice: 1/rate; two models that never fail together: 0', () => {
    expect(
      homogenizationRatio([
        [1, 0, 0, 0],
        [1, 0, 0, 0],
      ]),
    ).to.equal(4);
    expect(
      homogenizationRatio([
        [1, 0],
        [0, 1],
      ]),
    ).to.equal(0);
  });

  it('all four outcomes once: independent', () => {
    expect(
      homogenizationRatio([
        [1, 1, 0, 0],
        [1, 0, 1, 0],
      ]),
    ).to.equal(1);
  });

  it('groups stand for their people: two groups with rates 1 and 0, of two and two people', () => {
    // ½·1·1 + ½·0·0 over ½·½.
    expect(
      groupHomogenization(
        [
          [1, 1, 0, 0],
          [1, 1, 0, 0],
        ],
        [0, 0, 5, 5],
      ),
    ).to.equal(2);
    // One group is everybody: nothing is left of the dependence.
    expect(
      groupHomogenization(
        [
          [1, 1, 0, 0],
          [1, 1, 0, 0],
        ],
        [3, 3, 3, 3],
      ),
    ).to.equal(1);
    // Unequal groups weigh by their people: rates 1, 0 on 1 and 3 people; ¼ over 1/16.
    expect(
      groupHomogenization(
        [
          [1, 0, 0, 0],
          [1, 0, 0, 0],
        ],
        [0, 1, 1, 1],
      ),
    ).to.equal(4);
  });

  it('Poisson-binomial of two models', () => {
    expectClose(poissonBinomial([0.5, 0.2]), [0.4, 0.5, 0.1], 1e-15);
  });

  it('is undefined, and says so, where a model never fails', () => {
    const result = measured<Record<string, unknown>>('homogenization', {
      failures: [
        [1, 0],
        [0, 0],
      ],
    });
    expect(result.H).to.equal(null);
    expect(result.pairwise).to.deep.equal([
      [2, null],
      [null, null],
    ]);
    expect(result.undefinedBecause).to.contain('never fail: 1');
  });
});
