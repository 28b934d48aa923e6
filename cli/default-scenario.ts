import { Document, isMap, isSeq, visit, type YAMLMap } from 'yaml';
import { scenarioSchema } from '../core/scenario.js';
import { catalogue } from './catalogue.js';

const description =
  'Sixty institutions of five types learn, trade and lend in one market; every default of the schema is written out.';

/** A mapping of plain values that fits one line is easier to read on one line. */
const isRow = (node: YAMLMap): boolean =>
  node.items.length > 0 &&
  node.items.every((item) => !isSeq(item.value) && (!isMap(item.value) || isRow(item.value)));

/** The schema's own defaults as a scenario file. */
export function defaultScenarioText(): string {
  const document = new Document(scenarioSchema(catalogue).parse({ name: 'baseline', description }));
  visit(document, {
    Seq: (_key, node) => {
      if (node.items.every((item) => !isMap(item))) node.flow = true;
    },
    Map: (_key, node, path) => {
      const parent = path.at(-1);
      if (isSeq(parent) && isRow(node)) node.flow = true;
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}
