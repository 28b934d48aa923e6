import { orderFlowConcentration } from '../../../../analysis/measures/herding/order-flow-concentration.js';
import { expectClose } from '../../../close.js';

describe('orderFlowConcentration', () => {
  it('two institutions, two assets and an idle one, by hand', () => {
    // Gross by institution 4 and 4; by asset 6 and 2; net 2 and 2.
    const result = orderFlowConcentration([
      [4, 0, 0],
      [-2, 2, 0],
    ]);
    expectClose(
      result,
      {
        institutionHhi: 0.5,
        assetHhi: 0.625,
        effectiveInstitutions: 2,
        effectiveAssets: 1.6,
        assetImbalance: [1 / 3, 1, null],
        imbalance: 0.5,
      },
      1e-14,
    );
  });
});
