import { SaxesParser } from 'saxes';

type Attributes = Readonly<Record<string, string>>;

/** Where each kind of file says whether its edges have a direction. */
const direction = { gexf: 'defaultedgetype', graphml: 'edgedefault' } as const;

function requireDirected(attributes: Attributes, key: string): void {
  const said = attributes[key] ?? 'not said to be directed';
  if (said !== 'directed') throw new RangeError(`edges are ${said}: who lends to whom?`);
}

/** Throws unless the text is well-formed XML of the named kind, a directed graph in which every node is named once and
 * every edge goes from a node to a node.
 */
export function requireGraph(text: string, kind: keyof typeof direction): void {
  const nodes = new Set<string>();
  const ends: string[] = [];
  const seen: Readonly<Record<string, (attributes: Attributes) => void>> = {
    graph: (attributes) => requireDirected(attributes, direction[kind]),
    node({ id = '' }) {
      if (nodes.has(id)) throw new RangeError(`node "${id}" stands twice`);
      nodes.add(id);
    },
    edge: ({ source = '', target = '' }) => ends.push(source, target),
  };
  const found = new Set<string>();
  const parser = new SaxesParser();
  parser.on('error', ({ message }) => {
    throw new RangeError(message.replace(/^(\d+):(\d+):/, 'line $1, column $2:'));
  });
  parser.on('opentag', ({ name, attributes }) => {
    found.add(name);
    if (Object.hasOwn(seen, name)) seen[name]!(attributes);
  });
  parser.write(text).close();
  for (const needed of [kind, 'graph']) if (!found.has(needed)) throw new RangeError(`has no <${needed}>`);
  const lost = ends.find((id) => !nodes.has(id));
  if (lost !== undefined) throw new RangeError(`an edge ends at "${lost}", which is no node`);
}
