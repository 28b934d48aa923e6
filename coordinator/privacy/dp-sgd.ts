import { z } from 'zod';
import type { ExtensionProblem } from '../../core/scenario/catalogue.js';
import { field } from '../../core/scenario/field.js';
import type { Scenario } from '../../core/scenario.js';
import { defaultOrders, guarantee, spending } from '../../core/privacy/accountant.js';
import type { ExamplePrivacy, Privacy } from './mechanism.js';

const positive = z.number().gt(0);

/** The least that a first round can cost: as many examples to draw lots from as there can be, one a day and asset. */
function leastCost({ noiseMultiplier, delta }: ExamplePrivacy, scenario: Scenario): number {
  const { learning, assets, days } = scenario;
  const examples = Math.min(learning.window, learning.historyDays + days) * assets.length;
  const sampleRate = Math.min(1, learning.batchSize / examples);
  const rounds = Math.max(learning.firstSteps, learning.localSteps);
  return guarantee(defaultOrders, spending(defaultOrders, { noiseMultiplier, sampleRate, rounds }), delta)
    .epsilon;
}

function budgetProblems(chosen: ExamplePrivacy, scenario: Scenario): ExtensionProblem[] {
  const cost = leastCost(chosen, scenario);
  return cost <= chosen.epsilon
    ? []
    : [
        {
          path: ['epsilon'],
          message: `${chosen.epsilon} does not pay for a first round, which costs at least ${cost.toFixed(2)}`,
        },
      ];
}

/** Differential privacy of every training example, inside the institution.
 * @formula g = (Σ_{i in lot} g_i min(1, C/‖g_i‖) + N(0, σ²C²)) / (q N), each of N examples in the lot with chance q
 * @source  Abadi et al. 2016, CCS (arXiv 1607.00133)
 * @pitfall an example is one day of one asset (of all assets, where a model sees them at once): what happened on one
 *          market day is in several
 */
export const dpSgd: Privacy = {
  summary: 'Local training by noised gradients, those of single examples shortened to a bound (DP-SGD)',
  source: 'Abadi et al. 2016, arXiv 1607.00133',
  options: z.strictObject({
    clip: field(
      positive.default(1),
      'Bound C on the length of one example’s gradient',
      'length of a gradient',
    ),
    noiseMultiplier: field(
      positive.max(1e6).default(1),
      'Standard deviation of the noise on a lot’s sum of gradients over the bound: σ',
      'ratio',
    ),
    epsilon: field(
      positive.default(8),
      'Budget ε of every institution: it sits out a round whose steps would break it',
      'epsilon',
    ),
    delta: field(z.number().gt(0).lt(1).default(1e-5), 'The δ at which ε is reckoned', 'probability'),
  }),
  training: ({ clip, noiseMultiplier, epsilon, delta }) => ({ clip, noiseMultiplier, epsilon, delta }),
  check: (chosen, scenario) => budgetProblems(chosen as unknown as ExamplePrivacy, scenario),
};
