import { expect } from 'chai';
import { referenceOf } from '../../../analysis/realism/reference.js';
import { sp500 } from '../../../analysis/realism/sp500.js';
import { garchResiduals } from '../../../market/garch/residuals.js';
import { expectClose } from '../../close.js';
import { sharedTable } from '../../shared.js';

describe('the S&P 500 beside the scorecard', () => {
  it('has the numbers that its prices give', function () {
    this.timeout(60_000);
    const { rows } = sharedTable(this, 'data/sp500_index_1990_2022.csv');
    const prices = Float64Array.from(rows, (row) => row[0]!);
    const computed = referenceOf('', [prices], 750, garchResiduals);
    const { facts, window } = sp500(700);
    expect(window).equal(750);
    for (const [name, { value, passRate }] of Object.entries(computed.facts)) {
      const shipped = facts[name as keyof typeof facts];
      if (value === null) expect(shipped, name).deep.equal({ value: null, passRate: null });
      else {
        expectClose(shipped.value!, value, Math.abs(value) * 1e-4);
        expectClose(shipped.passRate!, passRate!, 1e-3);
      }
    }
  });
});
