import { expect } from 'chai';
import { expectClose } from '../close.js';
import { measured } from '../measured.js';
import { sharedJson } from '../shared.js';

interface Truth {
  inputs: { row_sums_assets: number[]; col_sums_liabilities: number[] };
  expected: {
    max_entropy_2dp: number[][];
    max_entropy_full: number[][];
    min_density_fewest_links: number;
    nrm_md_example_links: number;
  };
  tolerance: { published: number };
}
interface Output {
  exposures: number[][];
}

describe('truth a09: reconstruction of the seven-bank example', () => {
  it('agrees in the maximum-entropy matrix', function () {
    const { inputs, expected, tolerance } = sharedJson<Truth>(
      this,
      'truth/a09_network_reconstruction_anand.json',
    );
    const { exposures } = measured<Output>('reconstruct', {
      assets: inputs.row_sums_assets,
      liabilities: inputs.col_sums_liabilities,
      method: 'max-entropy',
    });
    expectClose(exposures, expected.max_entropy_full, 1e-10);
    expectClose(exposures, expected.max_entropy_2dp, tolerance.published);
  });

  it('finds a network of minimum density that meets the marginals', function () {
    const { inputs, expected } = sharedJson<Truth>(this, 'truth/a09_network_reconstruction_anand.json');
    for (const seed of [1, 2, 3]) {
      const { exposures } = measured<Output>('reconstruct', {
        assets: inputs.row_sums_assets,
        liabilities: inputs.col_sums_liabilities,
        method: 'min-density',
        seed,
      });
      const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
      expectClose(exposures.map(sum), inputs.row_sums_assets, 1e-12);
      expectClose(
        exposures.map((_, j) => sum(exposures.map((row) => row[j]!))),
        inputs.col_sums_liabilities,
        1e-12,
      );
      expect(exposures.flat().filter((x) => x > 0).length).to.equal(expected.min_density_fewest_links);
    }
  });
});
