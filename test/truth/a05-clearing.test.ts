import { expect } from 'chai';
import { expectClose } from '../close.js';
import { measured } from '../measured.js';
import { sharedJson } from '../shared.js';

interface Truth {
  inputs: {
    L_owed_row_to_col: number[][];
    external_assets: number[];
    external_liabilities: number[];
    alpha: number;
    beta: number;
  };
  expected: Record<
    'en_clearing' | 'en_default' | 'rv_greatest_clearing' | 'rv_least_clearing' | 'rv_default',
    number[]
  > &
    Record<'cascade_recovery0_default' | 'net_worth', number[]>;
  tolerance: number;
}
interface Output {
  payments: number[];
  defaulted: number[];
}

describe('truth a05: clearing with and without default costs, and the cascade, of three banks', () => {
  it('agrees in payments and defaults', function () {
    const { inputs, expected, tolerance } = sharedJson<Truth>(this, 'truth/a05_en_rv_gandy_veraart.json');
    const system = {
      liabilities: inputs.L_owed_row_to_col,
      externalAssets: inputs.external_assets,
      externalLiabilities: inputs.external_liabilities,
    };
    const costs = { alpha: inputs.alpha, beta: inputs.beta };
    const full = measured<Output>('clearing', system);
    expectClose(full.payments, expected.en_clearing, tolerance);
    expect(full.defaulted).to.deep.equal(expected.en_default);
    const costly = measured<Output>('clearing', { ...system, ...costs });
    expectClose(costly.payments, expected.rv_greatest_clearing, tolerance);
    expect(costly.defaulted).to.deep.equal(expected.rv_default);
    const least = measured<Output>('clearing', { ...system, ...costs, solution: 'least' });
    expectClose(least.payments, expected.rv_least_clearing, tolerance);
  });

  it('agrees in the cascade without recovery, one bank being insolvent from the start', function () {
    const { inputs, expected } = sharedJson<Truth>(this, 'truth/a05_en_rv_gandy_veraart.json');
    const owed = inputs.L_owed_row_to_col;
    const { defaulted } = measured<Output>('cascade', {
      exposures: owed.map((row, i) => row.map((_, j) => owed[j]![i]!)),
      equity: expected.net_worth,
      defaulted: [],
    });
    expect(defaulted).to.deep.equal(expected.cascade_recovery0_default);
  });
});
