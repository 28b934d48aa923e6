import { expect } from 'chai';
import { expectClose } from '../close.js';
import { answer } from '../agents/allocation/answer.js';
import { sharedJson, sharedTable } from '../shared.js';
import { returnsWithGaps } from './prices.js';

interface Truth {
  inputs: { file: string };
  expected: { columns: string[]; weights: number[]; published_weights: number[] };
  tolerance: { published: number; weights: number; risk_contribution_rel_spread: number };
}

describe('truth d04: equal risk contribution of 20 shares', () => {
  it('weights and risk shares', function () {
    const { inputs, expected, tolerance } = sharedJson<Truth>(this, 'truth/d04_erc_skfolio.json');
    const { columns, dates, rows } = sharedTable(this, inputs.file);
    const returns = returnsWithGaps(rows).filter((_, t) => dates[t + 1]! >= '2018-01-03');
    const { weights, riskShares } = answer<{ weights: number[]; riskShares: number[] }>('allocate', {
      strategy: 'risk-parity',
      returns,
    });
    expect(columns).to.deep.equal(expected.columns);
    expectClose(weights, expected.weights, tolerance.weights);
    expectClose(weights, expected.published_weights, tolerance.published);
    const spread = Math.max(...riskShares) / Math.min(...riskShares) - 1;
    expect(spread).to.be.below(tolerance.risk_contribution_rel_spread);
  });
});
