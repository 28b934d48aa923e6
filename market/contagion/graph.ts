import { MultiDirectedGraph } from 'graphology';
import type { Csr } from './csr.js';
import { commonHoldings } from './common-holdings.js';

/** What a node is; every attribute is named so that a reader of the file needs no legend. */
export interface NodeAttributes {
  readonly kind: 'institution' | 'asset';
  readonly label: string;
  readonly type: string;
  readonly equityUsd: number;
  readonly totalAssetsUsd: number;
}

export type EdgeKind = 'exposure' | 'holding' | 'common-holding';

export interface EdgeAttributes {
  readonly kind: EdgeKind;
  /** USD lent, USD held, or for common holdings the liquidity-adjusted overlap, USD. */
  readonly weight: number;
}

export type ContagionGraph = MultiDirectedGraph<NodeAttributes, EdgeAttributes>;

/** The state that contagion acts on, in tables: who lends to whom, and who holds what. */
export interface GraphTables {
  readonly institutions: readonly {
    readonly id: string;
    readonly type: string;
    readonly equityUsd: number;
    readonly totalAssetsUsd: number;
  }[];
  readonly assets: readonly { readonly id: string; readonly class: string; readonly depthUsd: number }[];
  /** Lender in row. */
  readonly exposures: Csr;
  /** Institution in row, USD. */
  readonly holdings: Csr;
}

function addEdges(
  graph: ContagionGraph,
  kind: EdgeKind,
  matrix: Csr,
  source: (i: number) => string,
  target: (j: number) => string,
): void {
  for (let i = 0; i < matrix.rows; i++)
    for (let e = matrix.start[i]!; e < matrix.start[i + 1]!; e++)
      graph.addEdge(source(i), target(matrix.index[e]!), { kind, weight: matrix.value[e]! });
}

function addNodes(graph: ContagionGraph, { institutions, assets }: GraphTables): void {
  for (const { id, type, equityUsd, totalAssetsUsd } of institutions)
    graph.addNode(id, { kind: 'institution', label: id, type, equityUsd, totalAssetsUsd });
  for (const asset of assets)
    graph.addNode(`asset:${asset.id}`, {
      kind: 'asset',
      label: asset.id,
      type: asset.class,
      equityUsd: 0,
      totalAssetsUsd: 0,
    });
}

/** The contagion graph: exposures, holdings, and common holdings as a link between institutions.
 *
 * Common holdings link i to j with what i loses when j sells everything it holds (linear impact, depth per asset).
 * @formula weight_ij = Σ_k h_ik h_jk / depth_k, i ≠ j
 * @shape   one node an institution or asset; a directed multigraph
 * @range   weights ≥ 0, USD
 * @source  Cont & Schaanning 2019, Statistics & Risk Modeling 36 (liquidity-weighted overlap)
 * @pitfall the common-holding part has up to n² edges: give `holdings` without rows of small change
 */
export function contagionGraph(tables: GraphTables): ContagionGraph {
  const graph: ContagionGraph = new MultiDirectedGraph();
  const institution = (i: number) => tables.institutions[i]!.id;
  const asset = (a: number) => `asset:${tables.assets[a]!.id}`;
  addNodes(graph, tables);
  addEdges(graph, 'exposure', tables.exposures, institution, institution);
  addEdges(graph, 'holding', tables.holdings, institution, asset);
  const depth = tables.assets.map(({ depthUsd }) => depthUsd);
  addEdges(graph, 'common-holding', commonHoldings(tables.holdings, depth), institution, institution);
  return graph;
}
