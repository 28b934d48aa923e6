import { expectClose } from '../close.js';
import { measured } from '../measured.js';
import { sharedJson, sharedTable } from '../shared.js';

interface Truth {
  inputs: { file: string };
  expected: { rm: number[]; CSAD: number[]; CSSD: number[] };
  tolerance: number;
}

describe('truth c03: dispersion of 20 shares, first ten days', () => {
  it('agrees in percent', function () {
    const { inputs, expected, tolerance } = sharedJson<Truth>(this, 'truth/c03_csad_first10.json');
    const { rows } = sharedTable(this, inputs.file);
    const returns = rows
      .slice(1, 11)
      .map((row, t) => row.map((price, k) => 100 * (price / rows[t]![k]! - 1)));
    const { rm: market, CSAD: csad, CSSD: cssd } = expected;
    expectClose(measured('csad', { returns }), { market, csad, cssd, nObservations: 10 }, tolerance);
  });
});
