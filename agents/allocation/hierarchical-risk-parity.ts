import { z } from 'zod';
import { field } from '../../core/scenario/field.js';
import { clusterVariance } from './clustering/cluster-variance.js';
import { columnDistance, correlationDistance, correlationOf } from './clustering/correlation.js';
import { leafOrder } from './clustering/dendrogram.js';
import { linkage, linkageNames } from './clustering/linkage.js';
import { alwaysLongOnly } from './long-only.js';
import { strategy } from './strategy.js';
import { leverageOf, positionOf, type View } from './view.js';

/** What is linked: the distances themselves, or distances between their columns. */
const distances = {
  columns: columnDistance,
  direct: (distance: Float64Array) => distance,
};

const options = z.strictObject({
  ...alwaysLongOnly,
  distance: field(
    z.enum(Object.keys(distances) as [keyof typeof distances]).default('columns'),
    'Whether columns of the distance matrix are compared, or its entries are used directly',
    'name',
  ),
  linkage: field(
    z.enum(linkageNames).default('single'),
    'How the distance of two clusters is defined',
    'name',
  ),
});

type Options = z.output<typeof options>;

/** Hierarchical risk parity: assets in the order of a cluster tree, halved again and again, each half weighted
 * against the other by inverse variance. No matrix is inverted, so a singular covariance is no obstacle.
 * @formula d = √((1 − ρ)/2); w_left = 1 − V_left/(V_left + V_right), V = variance of the inverse-variance portfolio
 * @shape   result (k), summing to the leverage budget
 * @source  López de Prado 2016, Journal of Portfolio Management 42(4)
 * @pitfall the list is halved, not the tree; some libraries link d directly (option `distance`)
 */
export const hierarchicalRiskParity = strategy({
  summary: 'Risk is split between halves of a list ordered by clustering.',
  source: 'López de Prado 2016, Journal of Portfolio Management 42(4)',
  options,
  allocate: (view, chosen) => bisect(view, clusterOrder(view, chosen)),
  explain: (view, chosen) => ({ order: clusterOrder(view, chosen).map((i) => positionOf(view, i)) }),
});

function clusterOrder(view: View, { distance, linkage: name }: Options): number[] {
  const k = view.permitted.length;
  const between = distances[distance](correlationDistance(correlationOf(view), k), k);
  return leafOrder(linkage(between, k, name));
}

function bisect(view: View, order: readonly number[]): Float64Array {
  const k = order.length;
  const weights = new Float64Array(k).fill(leverageOf(view));
  const open = [order];
  while (open.length > 0) {
    const list = open.pop()!;
    if (list.length < 2) continue;
    const [left, right] = [list.slice(0, list.length >> 1), list.slice(list.length >> 1)];
    const [riskLeft, riskRight] = [left, right].map((half) => clusterVariance(view.covariance, k, half));
    const share = 1 - riskLeft! / (riskLeft! + riskRight!);
    for (const i of left) weights[i]! *= share;
    for (const i of right) weights[i]! *= 1 - share;
    open.push(left, right);
  }
  return weights;
}
