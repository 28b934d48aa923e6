import { z } from 'zod';
import { field } from '../../core/scenario/field.js';
import { aggregation } from './aggregation.js';
import { cosineSimilarities } from './cosine-similarity.js';
import { handOut, trainedModels } from './own-models.js';
import { weightedMean } from './weighted-sum.js';

const options = z.strictObject({
  minSimilarity: field(
    z
      .number('must be a finite number')
      .min(-1, 'must lie in [-1, 1]')
      .max(1, 'must lie in [-1, 1]')
      .default(0),
    'cosine of two updates from which their institutions belong together',
    'cosine',
  ),
});

/** Clusters joined by chains of similar pairs, numbered by their first member.
 * @formula components of the graph with an edge where c_ij ≥ threshold (single linkage)
 * @shape   similarities n rows (n); result (n)
 */
export function linkSimilar(similarities: readonly Float64Array[], threshold: number): number[] {
  const groups = Array<number>(similarities.length).fill(-1);
  const visit = (first: number, group: number): void => {
    const open = [first];
    groups[first] = group;
    for (let i = open.pop(); i !== undefined; i = open.pop())
      similarities[i]!.forEach((similarity, j) => {
        if (groups[j] !== -1 || similarity < threshold) return;
        groups[j] = group;
        open.push(j);
      });
  };
  for (let i = 0, group = 0; i < groups.length; i++) if (groups[i] === -1) visit(i, group++);
  return groups;
}

/** Clustered federation: institutions whose updates point the same way share a model, others do not.
 * @formula clusters by single linkage of cosine similarity; cluster model = Σ n_i (w_i + Δ_i) / Σ n_i over members
 * @shape   Δ_i (d), n_i examples, w_i the model i holds; personal n models (d); result: mean of all, for newcomers
 * @source  Sattler, Müller & Samek 2021, IEEE TNNLS (arXiv 1910.01991): its best bipartition is single linkage
 * @pitfall clusters are found anew each round: an absentee keeps the model it had
 */
export const clustered = aggregation({
  summary: 'A model for each cluster of institutions whose updates are alike.',
  source: 'Sattler, Müller & Samek 2021, arXiv 1910.01991',
  needsIndividualUpdates: true,
  models: 'one each',
  options,
  aggregate: (state, round, { minSimilarity }) => {
    const groups = linkSimilar(cosineSimilarities(round.updates.map(({ delta }) => delta)), minSimilarity);
    const trained = trainedModels(state, round);
    const meanOf = (members: readonly number[]): Float64Array =>
      weightedMean(
        members.map((i) => trained[i]!),
        members.map((i) => round.updates[i]!.examples),
      );
    const everyone = [...groups.keys()];
    const models = [...new Set(groups)].map((group) => meanOf(everyone.filter((i) => groups[i] === group)));
    const personal = groups.map((group) => models[group]!);
    return { ...handOut(state, round, personal, meanOf(everyone)), groups };
  },
});
