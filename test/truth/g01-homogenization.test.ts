import { expectClose } from '../close.js';
import { measured } from '../measured.js';
import { sharedJson } from '../shared.js';

interface Truth {
  inputs: { failures_rows_models_cols_people: number[][] };
  expected: {
    observed_systemic_failure_rate: number;
    individual_failure_rates: number[];
    expected_if_independent: number;
    H: number;
    failure_count_distribution: number[];
    independent_poisson_binomial: number[];
  };
  tolerance: number;
}

describe('truth g01: outcome homogenization of three models', () => {
  it('agrees with the ratio and both distributions', function () {
    const { inputs, expected, tolerance } = sharedJson<Truth>(this, 'truth/g01_outcome_homogenization.json');
    const failures = inputs.failures_rows_models_cols_people;
    const result = measured<Record<string, unknown>>('homogenization', { failures });
    const contract = {
      systemicFailureRate: expected.observed_systemic_failure_rate,
      failureRates: expected.individual_failure_rates,
      expected: expected.expected_if_independent,
      H: expected.H,
      distribution: expected.failure_count_distribution,
      independentDistribution: expected.independent_poisson_binomial,
    };
    const known = Object.fromEntries(Object.keys(contract).map((key) => [key, result[key]]));
    expectClose(known, contract, tolerance);
    const [a, b] = failures;
    const together = a!.filter((failed, person) => failed && b![person]).length / a!.length;
    const pairwise = result.pairwise as number[][];
    expectClose(pairwise[0]![1], together / (0.4 * 0.4), tolerance);
  });
});
