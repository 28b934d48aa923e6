import { expect } from 'chai';
import { expectClose } from '../close.js';
import { answer } from '../agents/allocation/answer.js';
import { sharedJson, sharedTable } from '../shared.js';
import { pairwiseComplete, returnsWithGaps } from './prices.js';

interface Truth {
  inputs: { file: string };
  expected: { weights: Record<string, number>; quasi_diag_order: number[]; leaf_order: string[] };
  tolerance: { weights: number };
}

describe('truth d01: hierarchical risk parity of 20 shares with gaps', function () {
  it('weights and leaf order', function () {
    const { inputs, expected, tolerance } = sharedJson<Truth>(this, 'truth/d01_hrp_pypfopt.json');
    const { columns, rows } = sharedTable(this, inputs.file);
    const { covariance, correlation } = pairwiseComplete(returnsWithGaps(rows));
    const { weights, order } = answer<{ weights: number[]; order: number[] }>('allocate', {
      strategy: 'hierarchical-risk-parity',
      covariance,
      correlation,
      options: { distance: 'direct' },
    });
    expect(order).to.deep.equal(expected.quasi_diag_order);
    expect(order.map((i) => columns[i])).to.deep.equal(expected.leaf_order);
    for (const [i, name] of columns.entries())
      expectClose(weights[i], expected.weights[name], tolerance.weights, name);
  });
});
