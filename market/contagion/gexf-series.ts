import type { ContagionGraph } from './graph.js';

/** A graph as it stood on a day. */
export interface DatedGraph {
  readonly day: number;
  readonly graph: ContagionGraph;
}

/** A value and the days it held: from `start` up to, not including, `end`. */
interface Spell {
  readonly start: number;
  end: number;
  readonly value: number;
}

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]!);

/** Continues the last spell where the value has not changed, or opens another. */
function extend(spells: Spell[], start: number, end: number, value: number): void {
  const last = spells.at(-1);
  if (last?.end === start && last.value === value) last.end = end;
  else spells.push({ start, end, value });
}

interface Timeline {
  readonly attributes: string;
  readonly spells: Spell[];
}

type Entries = (graph: ContagionGraph, add: (key: string, attributes: string, value: number) => void) => void;

/** Collects by key what a series shows, each graph holding until the next one's day. */
function timelines(series: readonly DatedGraph[], entries: Entries): Timeline[] {
  const found = new Map<string, Timeline>();
  series.forEach(({ day, graph }, at) => {
    const end = series[at + 1]?.day ?? day + 1;
    entries(graph, (key, attributes, value) => {
      if (!found.has(key)) found.set(key, { attributes, spells: [] });
      extend(found.get(key)!.spells, day, end, value);
    });
  });
  return [...found.values()];
}

const nodesOf: Entries = (graph, add) => {
  graph.forEachNode((node, { label, kind, equityUsd }) => {
    add(node, `id="${escaped(node)}" label="${escaped(`${label} (${kind})`)}"`, equityUsd);
  });
};

const edgesOf: Entries = (graph, add) => {
  graph.forEachEdge((_edge, { kind, weight }, source, target) => {
    const id = escaped(`${kind}: ${source} to ${target}`);
    add(id, `id="${id}" source="${escaped(source)}" target="${escaped(target)}" label="${kind}"`, weight);
  });
};

function element(name: string, attribute: string, { attributes, spells }: Timeline): string {
  const at = ({ start, end }: Spell) => `start="${start}" end="${end}"`;
  const values = spells.map((s) => `<attvalue for="${attribute}" value="${s.value}" ${at(s)}/>`).join('');
  const present = spells.map((s) => `<spell ${at(s)}/>`).join('');
  return `<${name} ${attributes}><attvalues>${values}</attvalues><spells>${present}</spells></${name}>`;
}

const declaration = (of: string, attribute: string): string =>
  `<attributes class="${of}" mode="dynamic"><attribute id="${attribute}" title="${attribute}" type="double"/></attributes>`;

/** A day-stamped series as one dynamic GEXF text, which Gephi plays as a timeline.
 *
 * Nodes carry equity and edges their weight as dynamic attributes; days rise. Parallel edges of one kind between
 * the same two nodes must be merged beforehand: they would share an id.
 */
export function toGexfSeries(series: readonly DatedGraph[]): string {
  const nodes = timelines(series, nodesOf).map((t) => element('node', 'equityUsd', t));
  const edges = timelines(series, edgesOf).map((t) => element('edge', 'weight', t));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<gexf xmlns="http://gexf.net/1.3" version="1.3">',
    '<graph mode="dynamic" defaultedgetype="directed" timeformat="double" timerepresentation="interval">',
    declaration('node', 'equityUsd'),
    declaration('edge', 'weight'),
    `<nodes>${nodes.join('\n')}</nodes>`,
    `<edges>${edges.join('\n')}</edges>`,
    '</graph>',
    '</gexf>',
    '',
  ].join('\n');
}
