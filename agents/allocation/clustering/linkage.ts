import { minimumSpanningTree } from './minimum-spanning-tree.js';
import { nearestNeighborChain } from './nearest-neighbor-chain.js';

/** Two clusters joined at a height; leaves are 0..k−1 and the m-th merge makes cluster k+m. */
export interface Merge {
  readonly left: number;
  readonly right: number;
  readonly height: number;
  readonly size: number;
}

/** Two leaves whose clusters a merge joins. */
export interface Join {
  readonly a: number;
  readonly b: number;
  readonly height: number;
}

/** How the distance of a joined cluster follows from those of its parts (Lance & Williams 1967). */
const joins = {
  single: minimumSpanningTree,
  complete: nearestNeighborChain((toA, toB) => Math.max(toA, toB)),
  average: nearestNeighborChain((toA, toB, _, a, b) => (a * toA + b * toB) / (a + b)),
  ward: nearestNeighborChain((toA, toB, between, a, b, c) =>
    Math.sqrt(Math.max(0, (a + c) * toA ** 2 + (b + c) * toB ** 2 - c * between ** 2) / (a + b + c)),
  ),
} satisfies Record<string, (distances: Float64Array, k: number) => Join[]>;

export type LinkageName = keyof typeof joins;
export const linkageNames = Object.keys(joins) as [LinkageName, ...LinkageName[]];

/** Agglomerative clustering of k leaves.
 * @shape   distances (k,k) symmetric; result k−1 merges in order of height
 * @source  Müllner 2011, arXiv 1109.2378
 * @pitfall the child of lower cluster number is the left one, as in scipy
 */
export function linkage(distances: Float64Array, k: number, name: LinkageName): Merge[] {
  return numberClusters(joins[name](distances, k), k);
}

function numberClusters(list: readonly Join[], k: number): Merge[] {
  const sorted = [...list].sort((x, y) => x.height - y.height);
  const parent = Int32Array.from({ length: 2 * k - 1 }, (_, i) => i);
  const sizes = new Int32Array(2 * k - 1).fill(1);
  return sorted.map(({ a, b, height }, m) => {
    const [x, y] = [rootOf(parent, a), rootOf(parent, b)];
    parent[x] = parent[y] = k + m;
    sizes[k + m] = sizes[x]! + sizes[y]!;
    return { left: Math.min(x, y), right: Math.max(x, y), height, size: sizes[k + m]! };
  });
}

function rootOf(parent: Int32Array, leaf: number): number {
  let root = leaf;
  while (parent[root] !== root) root = parent[root]!;
  for (let at = leaf; parent[at] !== root;) [at, parent[at]] = [parent[at]!, root];
  return root;
}
