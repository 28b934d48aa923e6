import { expectClose } from '../close.js';
import { measured } from '../measured.js';
import { sharedJson, sharedTable } from '../shared.js';

interface Truth {
  inputs: { shock_pct: number[] };
  expected: { additional_stress: number[] };
  tolerance: number;
}

describe('truth a04: additional stress of 125 banks under uniform shocks', () => {
  it('follows the curve, weighted by size', function () {
    const truth = sharedJson<Truth>(this, 'truth/a04_debtrank_uniform_shock_curve.json');
    const nodes = sharedTable(this, 'data/nrm_sim_data.csv');
    const edges = sharedTable(this, 'data/nrm_sim_md_edges.csv');
    const column = (name: string) => nodes.rows.map((row) => row[nodes.columns.indexOf(name)]!);
    const exposures = nodes.rows.map(() => nodes.rows.map(() => 0));
    edges.dates.forEach((lender, e) => {
      exposures[Number(lender)]![edges.rows[e]![0]!] = edges.rows[e]![1]!;
    });
    const curve = truth.inputs.shock_pct.map(
      (percent) =>
        measured<{ R: number }>('debtrank', {
          exposures,
          equity: column('buffer'),
          weights: column('weights'),
          shock: nodes.rows.map(() => percent / 100),
        }).R,
    );
    expectClose(curve, truth.expected.additional_stress, 1e-9);
  });
});
