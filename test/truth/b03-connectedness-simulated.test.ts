import { parseCsv } from '../../cli/csv.js';
import { expectClose } from '../close.js';
import { measured } from '../measured.js';
import { sharedJson, sharedText } from '../shared.js';

interface Truth {
  inputs: { p: number; n_ahead: number };
  expected: { reference: number[][]; computed: number[][] };
  tolerance: { reference_rel: number; computed: number };
}

describe('truth b03: generalized table of simulated data, 101 terms', () => {
  it('agrees with the reference package and in full precision', function () {
    const { inputs, expected, tolerance } = sharedJson<Truth>(this, 'truth/b03_dy12_freqconnectedness.json');
    const file = 'data/freqconn_simul_data.csv';
    const returns = parseCsv(sharedText(this, file), file);
    const { table } = measured<{ table: number[][] }>('connectedness', {
      returns,
      lags: inputs.p,
      horizon: inputs.n_ahead + 1,
    });
    expectClose(table, expected.computed, tolerance.computed);
    expectClose(table, expected.reference, tolerance.reference_rel);
  });
});
