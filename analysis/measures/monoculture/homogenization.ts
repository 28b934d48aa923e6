import { z } from 'zod';
import { index, matrixOf, requireLength } from '../../../core/measure-input.js';
import { measure } from '../../../core/measure.js';
import { mean } from '../../../core/numeric.js';
import { pairTable } from '../pairs.js';

type Outcomes = readonly (readonly number[])[];

const product = (values: readonly number[]): number => values.reduce((all, value) => all * value, 1);
const ratio = (observed: number, expected: number): number | null =>
  expected > 0 ? observed / expected : null;

/** How much more often models fail together than independent models with their failure rates would.
 * @formula H = P(all fail) / Π P(fail_i)
 * @shape   failures (models, people) of 0 and 1
 * @range   0 ≤ H; 1 is independent; null (undefined) where a model never fails
 * @source  Bommasani, Creel, Kumar, Jurafsky & Liang 2022, NeurIPS 35
 * @pitfall H grows with the number of models at the same dependence: report it beside the failure distribution
 */
export function homogenizationRatio(failures: Outcomes): number | null {
  const together = failures[0]!.map((_, person) => product(failures.map((row) => row[person]!)));
  return ratio(mean(together), product(failures.map((row) => mean(row))));
}

/** The same over groups: everybody is replaced by the group's failure rates, groups weighing by their people.
 * @formula Σ_g (n_g/n) Π_i P(fail_i | g) / Π_i P(fail_i)
 * @range   0 ≤ H; null where a model never fails
 * @source  Bommasani et al. 2022
 */
export function groupHomogenization(failures: Outcomes, groups: readonly number[]): number | null {
  const members = [...new Set(groups)].map((g) =>
    groups.flatMap((own, person) => (own === g ? [person] : [])),
  );
  const together = members.map(
    (people) => people.length * product(failures.map((row) => mean(people.map((person) => row[person]!)))),
  );
  const total = together.reduce((sum, value) => sum + value, 0);
  return ratio(total / groups.length, product(failures.map((row) => mean(row))));
}

/** Distribution of the number of failures among independent models with these failure rates.
 * @shape  rates (m); result (m+1), sums to 1
 * @source Poisson 1837; Toups et al. 2023 use it as the baseline of failure profiles
 */
export const poissonBinomial = (rates: readonly number[]): number[] =>
  rates.reduce<number[]>(
    (law, rate) => [...law, 0].map((p, c) => p * (1 - rate) + (c > 0 ? law[c - 1]! * rate : 0)),
    [1],
  );

const failureDistribution = (failures: Outcomes): number[] => {
  const counts = failures[0]!.map((_, person) => failures.reduce((sum, row) => sum + row[person]!, 0));
  return Array.from(
    { length: failures.length + 1 },
    (_, c) => counts.filter((n) => n === c).length / counts.length,
  );
};

const outcome = z.literal([0, 1], 'must be 0 or 1 (failed)');

const input = z
  .strictObject({ failures: matrixOf(outcome), groups: z.array(index).optional() })
  .superRefine(({ failures, groups }, context) =>
    requireLength(
      context,
      ['groups'],
      groups,
      failures[0]?.length ?? 0,
      'one group a person (column of failures)',
    ),
  );

function compute({ failures, groups }: z.infer<typeof input>) {
  const failureRates = failures.map((row) => mean(row));
  const distribution = failureDistribution(failures);
  const never = failureRates.flatMap((rate, i) => (rate === 0 ? [i] : []));
  return {
    systemicFailureRate: distribution.at(-1)!,
    failureRates,
    expected: product(failureRates),
    H: homogenizationRatio(failures),
    distribution,
    independentDistribution: poissonBinomial(failureRates),
    pairwise: pairTable(failures, (a, b) => homogenizationRatio([a, b])),
    ...(groups === undefined ? {} : { groupH: groupHomogenization(failures, groups) }),
    ...(never.length === 0
      ? {}
      : { undefinedBecause: `H is 0/0: models that never fail: ${never.join(', ')}` }),
  };
}

export const homogenization = measure({
  summary: 'Outcome homogenization: do models fail the same people, more than independent models would?',
  formula: 'H = P(all fail) / Π P(fail_i); beside the Poisson-binomial law of the number of failures',
  range: 'H ≥ 0; 1 is independence; null where a model never fails',
  source:
    'Bommasani, Creel, Kumar, Jurafsky & Liang 2022, NeurIPS 35; Toups et al. 2023, NeurIPS 36 (profiles)',
  pitfall:
    'Undefined (null, with the reason) where a model never fails. Averages run over people, not over pairs; ' +
    'groups weigh by their people. The diagonal of pairwise is 1/rate.',
  input,
  table: 'failures',
  example: {
    failures: [
      [1, 0, 0, 1, 0, 1, 0, 0, 1, 0],
      [1, 0, 0, 0, 0, 1, 0, 0, 1, 1],
      [1, 0, 1, 0, 0, 1, 0, 0, 0, 0],
    ],
    groups: [0, 0, 0, 0, 0, 1, 1, 1, 1, 1],
  },
  compute,
});
