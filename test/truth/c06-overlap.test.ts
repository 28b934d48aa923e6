import { expectClose } from '../close.js';
import { measured } from '../measured.js';
import { sharedJson } from '../shared.js';

interface Truth {
  inputs: { weights: number[][]; aum: number[] };
  expected: {
    cosine: number[][];
    min_overlap: number[][];
    jaccard: number[][];
    active_share: number[];
    hhi_assets: number;
    effective_assets: number;
    mean_pairwise_cosine: number;
  };
  tolerance: number;
}

describe('truth c06: overlap of three portfolios', () => {
  it('agrees to the last digits', function () {
    const { inputs, expected, tolerance } = sharedJson<Truth>(this, 'truth/c06_overlap.json');
    const contract = {
      cosine: expected.cosine,
      minOverlap: expected.min_overlap,
      jaccard: expected.jaccard,
      activeShare: expected.active_share,
      meanCosine: expected.mean_pairwise_cosine,
      hhi: expected.hhi_assets,
      effectiveAssets: expected.effective_assets,
    };
    expectClose(measured('overlap', inputs), contract, tolerance);
  });
});
