import { expectClose } from '../close.js';
import { measured } from '../measured.js';
import { sharedJson } from '../shared.js';

interface Truth {
  inputs: {
    total_assets: number[];
    equity: number[];
    weights: number[][];
    price_impact_return_per_currency_unit: number[];
    shock: number[];
  };
  expected: {
    R1: number[];
    net_purchases: number[];
    F2: number[];
    AV: number;
    systemicness: number[];
    indirect_vulnerability: number[];
  };
  tolerance: number;
}

describe('truth a11: vulnerable banks', () => {
  it('agrees in every output', function () {
    const { inputs, expected, tolerance } = sharedJson<Truth>(
      this,
      'truth/a11_glt_vulnerable_banks_toy.json',
    );
    const found = measured<Record<string, unknown>>('vulnerability', {
      totalAssets: inputs.total_assets,
      equity: inputs.equity,
      weights: inputs.weights,
      impact: inputs.price_impact_return_per_currency_unit,
      shock: inputs.shock,
    });
    expectClose(found['directReturns'], expected.R1, tolerance);
    expectClose(found['netPurchases'], expected.net_purchases, tolerance);
    expectClose(found['secondRoundReturns'], expected.F2, tolerance);
    expectClose(found['aggregateVulnerability'], expected.AV, tolerance);
    expectClose(found['systemicness'], expected.systemicness, tolerance);
    expectClose(found['indirectVulnerability'], expected.indirect_vulnerability, tolerance);
  });
});
