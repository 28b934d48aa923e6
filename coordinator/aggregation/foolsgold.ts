import { z } from 'zod';
import { log } from '../../core/numeric.js';
import { positive } from '../../core/measure-input.js';
import { field } from '../../core/scenario/field.js';
import { aggregation, type Round, type State, type Vector } from './aggregation.js';
import { cosineSimilarities } from './cosine-similarity.js';
import { move } from './move.js';
import { weightedSum } from './weighted-sum.js';

const options = z.strictObject({
  confidence: field(positive.default(1), 'slope κ of the logit that pulls weights towards 0 and 1', 'slope'),
});

const largestOther = (row: ArrayLike<number>, self: number): number =>
  Array.from(row).reduce((best, value, j) => (j === self ? best : Math.max(best, value)), 0);

/** Logit of a share, as FoolsGold rescales it; shares of 1 count as 0.99. */
function sharpen(share: number, confidence: number): number {
  const capped = Math.min(share, 0.99);
  if (capped <= 0) return 0;
  return Math.max(0, Math.min(1, confidence * (log(capped / (1 - capped)) + 0.5)));
}

/** FoolsGold's weight of each institution from the similarity of what they have sent so far.
 * @formula α_i = 1 − max_j c_ij, c_ij pardoned by v_i/v_j where v_j > v_i; then α/max α, logit, clipped to [0, 1]
 * @shape   n histories (d); result (n)
 * @range   [0, 1]
 * @source  Fung, Yoon & Beschastnikh 2020, RAID (arXiv 1808.04866), algorithm 1
 * @pitfall institutions that honestly agree are taken for Sybils: all weights can be 0
 */
export function foolsGoldWeights(histories: readonly Vector[], confidence: number): number[] {
  const similarities = cosineSimilarities(histories);
  const closest = similarities.map(largestOther);
  const pardoned = similarities.map((row, i) =>
    row.map((value, j) => (closest[j]! > closest[i]! ? (value * closest[i]!) / closest[j]! : value)),
  );
  const alone = pardoned.map((row, i) => Math.max(0, Math.min(1, 1 - largestOther(row, i))));
  const best = Math.max(...alone);
  return alone.map((weight) => (best > 0 ? sharpen(weight / best, confidence) : 0));
}

const remember = (state: State, { updates }: Round<Vector>): Record<string, Float64Array> =>
  Object.fromEntries(
    updates.map(({ institution, delta }) => {
      const before = state[institution];
      return [institution, Float64Array.from(delta, (value, j) => value + (before?.[j] ?? 0))];
    }),
  );

/** FoolsGold: who always sends the same as somebody else counts for less.
 * @formula w ← w + Σ α_i Δ_i / Σ α_i; the model stays where every α is 0
 * @shape   Δ_i (d); result (d); scores are α
 * @source  Fung, Yoon & Beschastnikh 2020 (arXiv 1808.04866)
 * @pitfall the paper adds Σ α_i Δ_i to a gradient step; for model averages it must be divided by Σ α_i
 */
export const foolsgold = aggregation({
  summary: 'Mean of the updates, weighted down by how alike their senders’ histories are.',
  source: 'Fung, Yoon & Beschastnikh 2020, arXiv 1808.04866',
  needsIndividualUpdates: true,
  options,
  aggregate: (state, round, { confidence }) => {
    const histories = remember(state, round);
    const scores = foolsGoldWeights(Object.values(histories), confidence);
    const total = scores.reduce((sum, weight) => sum + weight, 0);
    const deltas = round.updates.map(({ delta }) => delta);
    const parameters = move(round.parameters, weightedSum(deltas, scores), total > 0 ? 1 / total : 0);
    return { parameters, state: { ...state, ...histories }, scores };
  },
});
