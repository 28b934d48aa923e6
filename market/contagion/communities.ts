import louvainModule from 'graphology-communities-louvain';
import { UndirectedGraph } from 'graphology';
import type { Stream } from '../../core/random.js';

import type { ContagionGraph } from './graph.js';

/** A CommonJS function whose types declare it as a default export. */
const louvain = louvainModule as unknown as (typeof louvainModule)['default'];

export interface Communities {
  /** Community of each node, numbered from 0. */
  readonly of: Readonly<Record<string, number>>;
  readonly count: number;
  readonly modularity: number;
}

/** The same nodes with one undirected edge a pair, of the summed weight: modularity needs it so. */
function undirected(graph: ContagionGraph): UndirectedGraph {
  const merged = new UndirectedGraph();
  graph.forEachNode((node) => merged.addNode(node));
  graph.forEachEdge((_edge, { weight }, source, target) => {
    merged.updateEdge(source, target, (attributes) => ({
      weight: ((attributes['weight'] as number | undefined) ?? 0) + weight,
    }));
  });
  return merged;
}

/** Communities by Louvain, with our stream where the algorithm draws.
 * @formula maximises modularity greedily, level by level
 * @range   modularity in [−1/2, 1]
 * @source  Blondel, Guillaume, Lambiotte & Lefebvre 2008, Journal of Statistical Mechanics P10008
 * @pitfall a heuristic with a resolution limit: other seeds may give other partitions of like modularity
 */
export function communities(graph: ContagionGraph, stream: Stream): Communities {
  if (graph.size === 0) {
    const of = Object.fromEntries(graph.nodes().map((node, i) => [node, i]));
    return { of, count: graph.order, modularity: 0 };
  }
  const found = louvain.detailed(undirected(graph), {
    getEdgeWeight: 'weight',
    rng: () => stream.uniform(),
  });
  return { of: found.communities, count: found.count, modularity: found.modularity };
}
