import { expectClose } from '../close.js';
import { measured } from '../measured.js';
import { sharedJson } from '../shared.js';

interface Table {
  table: number[][];
  FROM: number[];
  TO: number[];
  NET: number[];
  TCI: number;
  cTCI: number;
}

interface Truth {
  inputs: { A: number[][]; Sigma: number[][]; H: number };
  expected: { gfevd_raw: number[][]; gfevd_norm: Table; cholesky: Table; H1_gfevd_norm: number[][] };
  tolerance: number;
}

const contract = ({ table, FROM, TO, NET, TCI, cTCI }: Table) => ({
  table,
  from: FROM,
  to: TO,
  net: NET,
  total: TCI,
  totalCorrected: cTCI,
});

describe('truth b04: variance decompositions of a given VAR(1)', () => {
  const load = (test: Mocha.Context) => {
    const { inputs, expected, tolerance } = sharedJson<Truth>(test, 'truth/b04_gfevd_var1_exact.json');
    const run = (options: object) =>
      measured<{ table: number[][] }>('connectedness', {
        coefficients: [inputs.A],
        covariance: inputs.Sigma,
        horizon: inputs.H,
        ...options,
      });
    return { expected, tolerance, run };
  };
  const shares = ({ table }: { table: number[][] }) => table.map((row) => row.map((cell) => cell / 100));

  it('generalized, normalised and raw', function () {
    const { expected, tolerance, run } = load(this);
    expectClose(run({}), contract(expected.gfevd_norm), tolerance);
    expectClose(shares(run({ normalise: false })), expected.gfevd_raw, tolerance);
  });

  it('one term', function () {
    const { expected, tolerance, run } = load(this);
    expectClose(shares(run({ horizon: 1 })), expected.H1_gfevd_norm, tolerance);
  });

  it('Cholesky', function () {
    const { expected, tolerance, run } = load(this);
    expectClose(run({ decomposition: 'cholesky' }), contract(expected.cholesky), tolerance);
  });
});
