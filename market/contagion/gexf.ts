import { MultiDirectedGraph } from 'graphology';
import gexf from 'graphology-gexf';
import type { ContagionGraph, EdgeAttributes, NodeAttributes } from './graph.js';
import { requireGraph } from './graph-xml.js';

/** A graph as GEXF text, every attribute declared, weights as GEXF weights. */
export function toGexf(graph: ContagionGraph): string {
  return gexf.write(graph, {
    version: '1.3',
    formatNode: (_key, { label, ...attributes }) => ({ label, attributes }),
    formatEdge: (_key, { weight, kind }) => ({ weight, attributes: { kind } }),
  });
}

/** Reads what `toGexf` wrote, or any directed GEXF whose edges carry a weight.
 * @throws {RangeError} where the text is no GEXF, or an edge ends at no node
 */
export function fromGexf(text: string): ContagionGraph {
  requireGraph(text, 'gexf');
  return gexf.parse<NodeAttributes, EdgeAttributes>(MultiDirectedGraph, text, {
    respectInputGraphType: false,
  });
}
