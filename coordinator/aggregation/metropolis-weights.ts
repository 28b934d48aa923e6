/** Indices of the neighbours of each node, rising; symmetric, without the node itself. */
export type Neighbours = readonly (readonly number[])[];

/** How one node mixes: itself first, then its neighbours. */
export interface Mixing {
  readonly partners: readonly number[];
  readonly shares: readonly number[];
}

/** Ring in which each node talks to `reach` nodes on either side; everybody to everybody once that covers the ring. */
export const ringNeighbours = (nodes: number, reach: number): Neighbours =>
  Array.from({ length: nodes }, (_, i) =>
    Array.from({ length: nodes }, (_, j) => j).filter((j) => {
      const apart = Math.abs(i - j);
      return j !== i && Math.min(apart, nodes - apart) <= reach;
    }),
  );

/** Metropolis-Hastings weights: each node's share of each neighbour, the rest its own.
 * @formula W_ij = 1/(1 + max(d_i, d_j)) for neighbours; W_ii = 1 − Σ_j W_ij
 * @shape   n lists of neighbours; result n rows, sparse
 * @range   rows and columns sum to 1, all shares ≥ 0
 * @source  Xiao & Boyd 2004, Systems & Control Letters 53
 */
export function metropolisWeights(neighbours: Neighbours): Mixing[] {
  return neighbours.map((others, i) => {
    const shares = others.map((j) => 1 / (1 + Math.max(others.length, neighbours[j]!.length)));
    return { partners: [i, ...others], shares: [1 - shares.reduce((a, b) => a + b, 0), ...shares] };
  });
}
