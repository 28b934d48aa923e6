import {
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type Node,
} from 'yaml';
import { ScenarioInvalid, type PlacedProblem } from './problem.js';

type Path = readonly (string | number)[];

/** One source of scenario values: a file, or a command-line override. */
export interface Layer {
  readonly value: unknown;
  /** The place of the deepest node on the path that this layer holds, with how much of the path it holds. */
  readonly locate: (path: Path) => { readonly place: string; readonly depth: number };
}

const child = (node: Node, key: string | number): Node | undefined => {
  const found: unknown = isMap(node) || isSeq(node) ? node.get(key, true) : undefined;
  return isNode(found) ? found : undefined;
};

const keyNode = (node: Node, key: string | number): Node | undefined => {
  if (!isMap(node)) return undefined;
  const pair = node.items.find(
    (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(key),
  );
  return isNode(pair?.key) ? pair.key : undefined;
};

function locator(name: string, document: Document, lines: LineCounter): Layer['locate'] {
  return (path) => {
    let node = isNode(document.contents) ? document.contents : undefined;
    let at: Node | undefined = node;
    let depth = 0;
    while (node && depth < path.length) {
      at = keyNode(node, path[depth]!) ?? child(node, path[depth]!) ?? at;
      const next = child(node, path[depth]!);
      if (!next) break;
      [node, at, depth] = [next, depth + 1 === path.length ? next : at, depth + 1];
    }
    const { line, col } = lines.linePos(at?.range?.[0] ?? 0);
    return { place: `${name}:${Math.max(1, line)}:${Math.max(1, col)}`, depth };
  };
}

/** A YAML text as a layer; syntax errors and duplicate keys are problems with their place. */
export function yamlLayer(name: string, text: string): Layer {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const problems: PlacedProblem[] = document.errors.map((error) => {
    const { line, col } = lines.linePos(error.pos[0]);
    return { place: `${name}:${line}:${col}`, path: [], message: error.message };
  });
  if (problems.length > 0) throw new ScenarioInvalid(problems);
  const value: unknown = document.toJS();
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ScenarioInvalid([
      { place: `${name}:1:1`, path: [], message: 'is not a mapping of scenario keys' },
    ]);
  return { value, locate: locator(name, document, lines) };
}

const nest = (path: Path, value: unknown): unknown =>
  path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);

/** `path.to.key=value` as a layer, given by an option of the command line; the value is YAML. */
export function overrideLayer(assignment: string, option = '-S'): Layer {
  const place = `${option} ${assignment}`;
  const split = assignment.indexOf('=');
  if (split <= 0)
    throw new ScenarioInvalid([{ place, path: [], message: 'is not of the form path.to.key=value' }]);
  const path = assignment.slice(0, split).split('.');
  const document = parseDocument(assignment.slice(split + 1));
  if (document.errors.length > 0)
    throw new ScenarioInvalid([
      { place, path, message: `has a value that is not YAML: ${document.errors[0]!.message}` },
    ]);
  return {
    value: nest(path, document.toJS()),
    locate: (asked) => ({
      place,
      depth: path.every((key, i) => i >= asked.length || String(asked[i]) === key) ? asked.length : 0,
    }),
  };
}

/** A mapping. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Keys that choose what the other keys beside them mean. */
const choosers = [
  'mechanism',
  'rule',
  'structure',
  'kind',
  'name',
  'estimator',
  'forecast',
  'trigger',
  'slicing',
  'view',
];

const choosesAnother = (
  under: Record<string, unknown>,
  over: Record<string, unknown>,
  depth: number,
): boolean => depth > 0 && choosers.some((key) => key in over && key in under && over[key] !== under[key]);

const indexOf = (key: string, length: number): number | undefined =>
  /^\d+$/.test(key) && Number(key) < length ? Number(key) : undefined;

/** What `over` says replaces what `under` says; mappings merge key by key, lists are replaced whole
 * (or, by an override such as `mandates.0.maxShare`, one element of them). */
export function merge(under: unknown, over: unknown, depth = 0): unknown {
  if (
    Array.isArray(under) &&
    isRecord(over) &&
    Object.keys(over).every((key) => indexOf(key, under.length) !== undefined)
  )
    return under.map((item: unknown, i) =>
      String(i) in over ? merge(item, over[String(i)], depth + 1) : item,
    );
  if (!isRecord(under) || !isRecord(over) || choosesAnother(under, over, depth)) return over;
  const merged = { ...under };
  for (const [key, value] of Object.entries(over))
    merged[key] = key in under ? merge(under[key], value, depth + 1) : value;
  return merged;
}
