import { stream } from '../../core/random.js';
import { centralities } from '../../market/contagion/centralities.js';
import { communities } from '../../market/contagion/communities.js';
import { corePeripheryFit } from '../../market/contagion/core-periphery.js';
import { scaleRows } from '../../market/contagion/product.js';
import { contagionGraph, type GraphTables } from '../../market/contagion/graph.js';
import { spectralRadius } from '../../market/contagion/spectral-radius.js';

/** Claims over the lender's equity; institutions without equity lend nothing that could spread. */
function leverageOf({ institutions, exposures }: GraphTables) {
  const inverse = Float64Array.from(institutions, ({ equityUsd }) => (equityUsd > 0 ? 1 / equityUsd : 0));
  return scaleRows(exposures, inverse);
}

/** What a contagion graph looks like, in numbers: structure of claims, communities of all links, who is central. */
export function graphSummary(tables: GraphTables, seed: number) {
  const graph = contagionGraph(tables);
  const found = communities(graph, stream({ seed, purpose: 'communities' }));
  const { core, error } = corePeripheryFit(tables.exposures);
  const central = centralities(graph);
  return {
    institutions: tables.institutions.length,
    claims: tables.exposures.value.length,
    spectralRadius: spectralRadius(leverageOf(tables)).value,
    communities: { count: found.count, modularity: found.modularity },
    core: tables.institutions.filter((_, i) => core[i] === 1).map(({ id }) => id),
    coreError: error,
    nodes: graph.nodes().map((id) => ({ id, community: found.of[id]!, ...central[id]! })),
  };
}
