import { expect } from 'chai';
import { expectClose } from '../close.js';
import { answer } from '../agents/allocation/answer.js';
import { sharedJson } from '../shared.js';

interface Truth {
  inputs: { corr: number[][]; stdev: number[] };
  expected: { weights: number[]; order: number[] };
  tolerance: number;
}

describe('truth d03: hierarchical risk parity of 4 assets', () => {
  for (const distance of ['direct', 'columns'])
    it(`distance ${distance}`, function () {
      const { inputs, expected, tolerance } = sharedJson<Truth>(this, 'truth/d03_hrp_4asset.json');
      const { corr, stdev } = inputs;
      const covariance = corr.map((row, i) => row.map((value, j) => value * stdev[i]! * stdev[j]!));
      const result = answer<{ weights: number[]; order: number[] }>('allocate', {
        strategy: 'hierarchical-risk-parity',
        covariance,
        options: { distance },
      });
      expectClose(result.weights, expected.weights, tolerance);
      expect(result.order).to.deep.equal(expected.order);
    });
});
