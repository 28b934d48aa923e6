import { z } from 'zod';
import { count } from '../../core/measure-input.js';
import { field } from '../../core/scenario/field.js';
import { clusterVariance } from './clustering/cluster-variance.js';
import { correlationDistance, correlationOf } from './clustering/correlation.js';
import { cutTree, leavesOf } from './clustering/dendrogram.js';
import { linkage, linkageNames, type Merge } from './clustering/linkage.js';
import { defaultClusters } from './clustering/default-clusters.js';
import { alwaysLongOnly, scaledTo } from './long-only.js';
import { strategy } from './strategy.js';
import { leverageOf, type View } from './view.js';

/** Hierarchical equal risk contribution: risk is split at the branches of the tree down to a cut, and within each
 * cluster in inverse proportion to variance.
 * @formula w_left = V_right/(V_left + V_right) at each branch above the cut; within a cluster wᵢ ∝ 1/Σᵢᵢ
 * @shape   result (k), summing to the leverage budget
 * @source  Raffinot 2018, "The hierarchical equal risk contribution portfolio", SSRN 3237540
 * @pitfall the tree's own branches are used, where hierarchical risk parity halves a list
 */
export const hierarchicalEqualRiskContribution = strategy({
  summary: 'Risk is split at the branches of a cluster tree, and evenly within clusters.',
  source: 'Raffinot 2018, SSRN 3237540',
  options: z.strictObject({
    ...alwaysLongOnly,
    linkage: field(
      z.enum(linkageNames).default('ward'),
      'How the distance of two clusters is defined',
      'name',
    ),
    clusters: field(
      count.optional(),
      'Number of clusters; absent: the rounded square root of the assets',
      'count',
    ),
  }),
  allocate: (view, { linkage: name, clusters }) => {
    const k = view.permitted.length;
    const merges = linkage(correlationDistance(correlationOf(view), k), k, name);
    const cut = cutTree(merges, Math.min(k, clusters ?? defaultClusters(k)));
    return descend(view, merges, new Set(cut));
  },
});

function descend(view: View, merges: readonly Merge[], cut: ReadonlySet<number>): Float64Array {
  const k = view.permitted.length;
  const weights = new Float64Array(k);
  const open = [{ cluster: 2 * merges.length, budget: leverageOf(view) }];
  while (open.length > 0) {
    const { cluster, budget } = open.pop()!;
    if (cut.has(cluster)) spread(view, leavesOf(merges, cluster), budget, weights);
    else {
      const { left, right } = merges[cluster - k]!;
      const [riskLeft, riskRight] = [left, right].map((side) =>
        clusterVariance(view.covariance, k, leavesOf(merges, side)),
      );
      const share = riskRight! / (riskLeft! + riskRight!);
      open.push({ cluster: left, budget: budget * share }, { cluster: right, budget: budget * (1 - share) });
    }
  }
  return weights;
}

function spread(view: View, assets: readonly number[], budget: number, weights: Float64Array): void {
  const k = weights.length;
  const shares = scaledTo(
    Float64Array.from(assets, (i) => 1 / view.covariance[i * k + i]!),
    budget,
  );
  assets.forEach((i, a) => (weights[i] = shares[a]!));
}
