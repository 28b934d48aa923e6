import { z } from 'zod';
import { count } from '../../core/measure-input.js';
import { suggestion } from '../../core/nearest.js';
import { roster } from '../../core/roster.js';
import { field } from '../../core/scenario/field.js';
import { aggregation } from './aggregation.js';
import { metropolisWeights, ringNeighbours, type Neighbours } from './metropolis-weights.js';
import { handOut, trainedModels } from './own-models.js';
import { weightedMean, weightedSum } from './weighted-sum.js';

const options = z.strictObject({
  reach: field(
    count.default(1),
    'neighbours on either side of a ring of those present, in order of id',
    'count',
  ),
  edges: field(
    z.array(z.tuple([z.string(), z.string()])).optional(),
    'pairs of institutions that talk, instead of the ring; a pair with an absentee is silent',
    'institution ids',
  ),
  exchanges: field(count.default(1), 'how often neighbours average within a round', 'count'),
});

function talking(ids: readonly string[], edges: readonly (readonly [string, string])[]): Neighbours {
  const place = new Map(ids.map((id, i) => [id, i]));
  const neighbours = ids.map(() => new Set<number>());
  for (const [a, b] of edges) {
    const [i, j] = [place.get(a), place.get(b)];
    if (i === undefined || j === undefined || i === j) continue;
    neighbours[i]!.add(j);
    neighbours[j]!.add(i);
  }
  return neighbours.map((set) => [...set].sort((a, b) => a - b));
}

/** Gossip averaging: no centre, neighbours on a graph average with each other.
 * @formula w_i ← Σ_j W_ij (w_j + Δ_j), W Metropolis-Hastings weights (doubly stochastic)
 * @shape   Δ_i (d); personal n models (d); result: the mean of all models, which gossip preserves
 * @source  Xiao & Boyd 2004, Systems & Control Letters 53; Lian et al. 2017 (arXiv 1705.09056)
 * @pitfall ignores examples: weights by examples would not preserve the mean
 */
export const gossip = aggregation({
  summary: 'Neighbours on a graph average their models, without a coordinator’s mean.',
  source: 'Xiao & Boyd 2004; Lian et al. 2017, arXiv 1705.09056',
  needsIndividualUpdates: true,
  models: 'one each',
  check: ({ edges = [] }, { institutions }) => {
    const ids = roster(institutions).map(({ id }) => id);
    return (edges as [string, string][]).flatMap((pair, e) =>
      pair.flatMap((id, end) =>
        ids.includes(id)
          ? []
          : [{ path: ['edges', e, end], message: `"${id}" is not an institution${suggestion(id, ids)}` }],
      ),
    );
  },
  options,
  aggregate: (state, round, { reach, edges, exchanges }) => {
    const ids = round.updates.map(({ institution }) => institution);
    const weights = metropolisWeights(edges ? talking(ids, edges) : ringNeighbours(ids.length, reach));
    let models = trainedModels(state, round);
    for (let exchange = 0; exchange < exchanges; exchange++) {
      const before = models;
      models = weights.map(({ partners, shares }) =>
        weightedSum(
          partners.map((j) => before[j]!),
          shares,
        ),
      );
    }
    const common = weightedMean(
      models,
      models.map(() => 1),
    );
    return handOut(state, round, models, common);
  },
});
