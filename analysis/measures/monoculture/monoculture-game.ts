import { z } from 'zod';
import { finite, share } from '../../../core/measure-input.js';
import { measure } from '../../../core/measure.js';
import { pow, sum } from '../../../core/numeric.js';

/** Probability that a Mallows ranking of n candidates puts the j-th best first.
 * @formula φ^j / Σ_{l<n} φ^l, j from 0; what is left is again a Mallows ranking, of n − 1
 * @shape   result (n), sums to 1
 * @source  Mallows 1957, Biometrika 44 (repeated insertion)
 * @pitfall φ = 0 never errs, φ = 1 ranks at random
 */
export function mallowsFirst(phi: number, n: number): number[] {
  const weights = Array.from({ length: n }, (_, j) => pow(phi, j));
  const total = sum(weights);
  return weights.map((weight) => weight / total);
}

const without = (values: readonly number[], j: number): number[] => values.filter((_, i) => i !== j);

/** Expected value of the first choice of a Mallows ranker among candidates in falling order. */
const firstChoice = (values: readonly number[], phi: number): number =>
  mallowsFirst(phi, values.length).reduce((mean, p, j) => mean + p * values[j]!, 0);

/** Expected value of what a ranking offers next, given that its first was candidate j. */
const nextAfter = (values: readonly number[], phi: number, j: number): number =>
  firstChoice(without(values, j), phi);

/** Expected second choice where both firms choose from one ranking. */
const sharedSecond = (values: readonly number[], phi: number): number =>
  mallowsFirst(phi, values.length).reduce((mean, p, j) => mean + p * nextAfter(values, phi, j), 0);

/** Expected second choice from a ranking of one's own: its first, or its next where the other firm took that. */
const ownSecond = (values: readonly number[], phi: number, other: number): number => {
  const taken = mallowsFirst(other, values.length);
  return mallowsFirst(phi, values.length).reduce(
    (mean, p, j) => mean + p * ((1 - taken[j]!) * values[j]! + taken[j]! * nextAfter(values, phi, j)),
    0,
  );
};

/** Expected utilities of two firms that each hire one candidate, one of them, by lot, first.
 * @formula U = ½ E[first choice] + ½ E[second choice]; AA shares one ranking, HH draws two
 * @shape   values (n ≥ 2); φ of the algorithm's and the humans' Mallows rankings, P(π) ∝ φ^inversions
 * @range   the paradox: the algorithm is dominant, yet both firms using it are together worse off
 * @source  Kleinberg & Raghavan 2021, PNAS 118(22)
 * @pitfall AH is the algorithm user's utility against a human, HA the human's; welfare adds both firms
 */
export function monocultureUtilities(values: readonly number[], algorithm: number, human: number) {
  const falling = [...values].sort((a, b) => b - a);
  const utility = (own: number, second: number): number => (firstChoice(falling, own) + second) / 2;
  return {
    AA: utility(algorithm, sharedSecond(falling, algorithm)),
    HH: utility(human, ownSecond(falling, human, human)),
    AH: utility(algorithm, ownSecond(falling, algorithm, human)),
    HA: utility(human, ownSecond(falling, human, algorithm)),
  };
}

const input = z.strictObject({
  values: z.array(finite).min(2, 'needs at least 2 candidates'),
  phiAlgorithm: share,
  phiHuman: share,
});

function compute({ values, phiAlgorithm, phiHuman }: z.infer<typeof input>) {
  const utilities = monocultureUtilities(values, phiAlgorithm, phiHuman);
  const welfare = { AA: 2 * utilities.AA, HH: 2 * utilities.HH };
  const algorithmDominant = utilities.AA > utilities.HA && utilities.AH > utilities.HH;
  return { utilities, welfare, algorithmDominant, paradox: algorithmDominant && welfare.AA < welfare.HH };
}

export const monocultureGame = measure({
  summary: 'Kleinberg-Raghavan game: is the shared algorithm dominant though all are worse off with it?',
  formula: 'U = ½E[first choice] + ½E[second choice], rankings P(π) ∝ φ^inversions; welfare = U + U',
  range: 'utilities within the values; φ in [0, 1], 0 never errs',
  source: 'Kleinberg & Raghavan 2021, PNAS 118(22)',
  pitfall: 'AH is the algorithm user against a human, HA that human. Dominance is strict.',
  input,
  example: { values: [3, 2, 1], phiAlgorithm: 0.45, phiHuman: 0.5 },
  compute,
});
