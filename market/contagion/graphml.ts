import { MultiDirectedGraph } from 'graphology';
import { parse } from 'graphology-graphml';
import type { ContagionGraph, EdgeAttributes, NodeAttributes } from './graph.js';
import { requireGraph } from './graph-xml.js';

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]!);

/** Attributes and their types, as GraphML declares them before it uses them. */
const keys = {
  node: {
    label: 'string',
    kind: 'string',
    type: 'string',
    equityUsd: 'double',
    totalAssetsUsd: 'double',
  },
  edge: { kind: 'string', weight: 'double' },
} as const;

type Element = keyof typeof keys;

const declarations = (of: Element): string[] =>
  Object.entries(keys[of]).map(
    ([name, type]) => `<key id="${of}-${name}" for="${of}" attr.name="${name}" attr.type="${type}"/>`,
  );

const data = (of: Element, attributes: Readonly<Record<string, string | number>>): string =>
  Object.keys(keys[of])
    .map((name) => `<data key="${of}-${name}">${escaped(String(attributes[name]))}</data>`)
    .join('');

/** A graph as GraphML text, which NetworkX, igraph, Gephi, Cytoscape and yEd read; every attribute is declared.
 * @source  Brandes, Eiglsperger, Herman, Himsolt & Marshall 2002, GraphML progress report
 */
export function toGraphml(graph: ContagionGraph): string {
  const nodes = graph.mapNodes(
    (node, attributes) => `<node id="${escaped(node)}">${data('node', { ...attributes })}</node>`,
  );
  const edges = graph.mapEdges(
    (edge, attributes, source, target) =>
      `<edge id="${escaped(edge)}" source="${escaped(source)}" target="${escaped(target)}">${data('edge', { ...attributes })}</edge>`,
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...declarations('node'),
    ...declarations('edge'),
    '<graph id="contagion" edgedefault="directed">',
    ...nodes,
    ...edges,
    '</graph>',
    '</graphml>',
    '',
  ].join('\n');
}

/** Reads what `toGraphml` wrote, or any directed GraphML whose edges carry a `weight`.
 * @throws {RangeError} where the text is no GraphML, or an edge ends at no node
 */
export function fromGraphml(text: string): ContagionGraph {
  requireGraph(text, 'graphml');
  return parse<NodeAttributes, EdgeAttributes>(MultiDirectedGraph, text);
}
