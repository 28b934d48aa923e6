import { suggestion } from '../../core/nearest.js';
import type { Csr } from './csr.js';
import { fromEdgeList } from './edge-list.js';
import { fromGexf } from './gexf.js';
import { exposuresOfGraph } from './graph-exposures.js';
import { fromGraphml } from './graphml.js';

type Reader = (text: string, ids: readonly string[]) => Csr;

/** Files that hold who lends to whom, by the ending of their name. */
const readers: Readonly<Record<string, Reader>> = {
  csv: fromEdgeList,
  gexf: (text, ids) => exposuresOfGraph(fromGexf(text), ids),
  graphml: (text, ids) => exposuresOfGraph(fromGraphml(text), ids),
};

/** Reads exposures between known institutions from a CSV edge list, GEXF or GraphML, as the file's name says.
 * @throws {RangeError} naming the line, column or edge that is wrong
 */
export function readExposures(text: string, name: string, ids: readonly string[]): Csr {
  const [, ending = ''] = /\.([^./\\]+)$/.exec(name.toLowerCase()) ?? [];
  if (!Object.hasOwn(readers, ending))
    throw new RangeError(
      `is none of ${Object.keys(readers).join(', ')} by the ending of its name${suggestion(ending, Object.keys(readers))}`,
    );
  return readers[ending]!(text, ids);
}
