import { z } from 'zod';
import { count } from '../../core/measure-input.js';
import { field } from '../../core/scenario/field.js';
import { correlationDistance, correlationOf } from './clustering/correlation.js';
import { defaultClusters } from './clustering/default-clusters.js';
import { cutTree, leavesOf } from './clustering/dendrogram.js';
import { kMeans } from './clustering/k-means.js';
import { linkage } from './clustering/linkage.js';
import { alwaysLongOnly } from './long-only.js';
import { strategy } from './strategy.js';
import { leverageOf } from './view.js';

/** Ways to group assets whose returns go together; each gives the members of every group. */
const clusterings = {
  'k-means': (correlation: Float64Array, k: number, clusters: number): number[][] => {
    const labels = kMeans(correlation, k, clusters);
    const groups = Array.from({ length: clusters }, (): number[] => []);
    labels.forEach((label, i) => groups[label]!.push(i));
    return groups.filter((group) => group.length > 0);
  },
  hierarchical: (correlation: Float64Array, k: number, clusters: number): number[][] => {
    const merges = linkage(correlationDistance(correlation, k), k, 'average');
    return cutTree(merges, clusters).map((cluster) => leavesOf(merges, cluster));
  },
};

/** Cluster-based allocation: the budget is split evenly over groups of like assets, then evenly within each.
 * @formula wᵢ = L / (C · n_c) for asset i of cluster c with n_c members, of C clusters
 * @shape   result (k), summing to the leverage budget L
 * @source  Tola, Lillo, Gallegati & Mantegna 2008, Journal of Economic Dynamics and Control 32(1)
 * @pitfall k-means starts from the most central asset, so its clusters are reproducible but only locally best
 */
export const clusterBased = strategy({
  summary: 'Equal weight over groups of like assets, then within each group.',
  source: 'Tola, Lillo, Gallegati & Mantegna 2008, Journal of Economic Dynamics and Control 32(1)',
  options: z.strictObject({
    ...alwaysLongOnly,
    clustering: field(
      z.enum(Object.keys(clusterings) as [keyof typeof clusterings]).default('k-means'),
      'How assets are grouped',
      'name',
    ),
    clusters: field(
      count.optional(),
      'Number of groups; absent: the rounded square root of the assets',
      'count',
    ),
  }),
  allocate: (view, { clustering, clusters }) => {
    const k = view.permitted.length;
    const groups = clusterings[clustering](
      correlationOf(view),
      k,
      Math.min(k, clusters ?? defaultClusters(k)),
    );
    const weights = new Float64Array(k);
    for (const group of groups)
      for (const i of group) weights[i] = leverageOf(view) / groups.length / group.length;
    return weights;
  },
});
