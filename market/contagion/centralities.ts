import betweennessModule from 'graphology-metrics/centrality/betweenness.js';
import pagerankModule from 'graphology-metrics/centrality/pagerank.js';
import type { ContagionGraph } from './graph.js';

/** CommonJS functions whose types declare them as default exports. */
const betweennessCentrality = betweennessModule as unknown as (typeof betweennessModule)['default'];
const pagerank = pagerankModule as unknown as (typeof pagerankModule)['default'];

export interface Centralities {
  /** Sum of edge weights out of and into the node. */
  readonly outStrength: number;
  readonly inStrength: number;
  /** Share of a random walk along weights. */
  readonly pagerank: number;
  /** Share of shortest paths, every link of length one, that pass through. */
  readonly betweenness: number;
}

/** How central each node is, by four readings of the word.
 * @formula strengths Σ w; PageRank with damping 0.85; betweenness normalised by pairs
 * @range   strengths ≥ 0; pagerank sums to 1; betweenness in [0, 1]
 * @source  Freeman 1977, Sociometry 40(1); Brin & Page 1998
 * @pitfall a centrality of the network is not systemic importance: DebtRank knows equity, these do not
 */
export function centralities(graph: ContagionGraph): Readonly<Record<string, Centralities>> {
  const rank = pagerank(graph, { getEdgeWeight: 'weight' });
  const between = betweennessCentrality(graph, { getEdgeWeight: null });
  const total = (edges: string[]): number =>
    edges.reduce((sum, edge) => sum + graph.getEdgeAttribute(edge, 'weight'), 0);
  return Object.fromEntries(
    graph.nodes().map((node) => [
      node,
      {
        outStrength: total(graph.outEdges(node)),
        inStrength: total(graph.inEdges(node)),
        pagerank: rank[node]!,
        betweenness: between[node]!,
      },
    ]),
  );
}
