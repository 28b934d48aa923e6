import { expect } from 'chai';
import { expectClose } from '../close.js';
import { measured } from '../measured.js';
import { sharedJson } from '../shared.js';

interface Case {
  equity_shock: number[];
  h_differential: number[];
  iterations: number;
  induced: number;
  h_battiston2012: number[];
  rounds_2012: number;
  R_2012_weight_ibliab: number;
}
interface Truth {
  inputs: { exposures_lender_row_borrower_col: number[][]; equity0: number[] };
  expected: Case[];
  tolerance: number;
}
interface Output {
  distress: number[];
  iterations: number;
  inducedLossRatio: number;
  R: number;
}

describe('truth a01: DebtRank on the cycle of three', () => {
  it('agrees in distress, induced loss and iterations, in both variants', function () {
    const { inputs, expected, tolerance } = sharedJson<Truth>(this, 'truth/a01_debtrank_neva_cycle.json');
    for (const truth of expected) {
      const input = {
        exposures: inputs.exposures_lender_row_borrower_col,
        equity: inputs.equity0,
        shock: truth.equity_shock,
      };
      const differential = measured<Output>('debtrank', input);
      expectClose(differential.distress, truth.h_differential, tolerance);
      expect(differential.iterations).to.equal(truth.iterations);
      expectClose(differential.inducedLossRatio, truth.induced, tolerance);
      const hit = measured<Output>('debtrank', { ...input, variant: 'single-hit' });
      expectClose(hit.distress, truth.h_battiston2012, tolerance);
      expect(hit.iterations).to.equal(truth.rounds_2012);
      expectClose(hit.R, truth.R_2012_weight_ibliab, tolerance);
    }
  });
});
