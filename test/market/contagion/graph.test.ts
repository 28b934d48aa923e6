import { expect } from 'chai';
import { stream } from '../../../core/random.js';
import { centralities } from '../../../market/contagion/centralities.js';
import { communities } from '../../../market/contagion/communities.js';
import { corePeripheryFit } from '../../../market/contagion/core-periphery.js';
import { csrFromDense, csrFromTriplets, denseFromCsr } from '../../../market/contagion/csr.js';
import { fromEdgeList, toEdgeList } from '../../../market/contagion/edge-list.js';
import { toGexfSeries } from '../../../market/contagion/gexf-series.js';
import { fromGexf, toGexf } from '../../../market/contagion/gexf.js';
import { readExposures } from '../../../market/contagion/exposure-files.js';
import { fromGraphml, toGraphml } from '../../../market/contagion/graphml.js';
import { contagionGraph, type ContagionGraph, type GraphTables } from '../../../market/contagion/graph.js';
import { spectralRadius } from '../../../market/contagion/spectral-radius.js';

const ids = ['bank-1', 'bank "2", & co', 'fund-3'];
const tables: GraphTables = {
  institutions: ids.map((id, i) => ({ id, type: 'bank', equityUsd: 1 + i, totalAssetsUsd: 20 })),
  assets: [{ id: 'bonds', class: 'bond', depthUsd: 50 }],
  exposures: csrFromDense([
    [0, 4, 0],
    [0, 0, 3],
    [0.1, 0, 0],
  ]),
  holdings: csrFromDense([[10], [0], [5]]),
};

/** Two cliques of four joined by one link. */
const cliques = () => {
  const pairs = [0, 4].flatMap((base) =>
    [0, 1, 2, 3].flatMap((a) =>
      [0, 1, 2, 3].filter((b) => b !== a).map((b) => [base + a, base + b] as const),
    ),
  );
  pairs.push([0, 4]);
  return csrFromTriplets(8, 8, {
    row: pairs.map(([a]) => a),
    column: pairs.map(([, b]) => b),
    value: pairs.map(() => 1),
  });
};

describe('contagion graph', () => {
  it('has exposures, holdings and common holdings', () => {
    const graph = contagionGraph(tables);
    const weight = (from: string, to: string) =>
      graph
        .outEdges(from, to)
        .map((edge) => [graph.getEdgeAttribute(edge, 'kind'), graph.getEdgeAttribute(edge, 'weight')]);
    expect(graph.order).to.equal(4);
    expect(weight('bank-1', ids[1]!)).to.deep.equal([['exposure', 4]]);
    expect(weight('bank-1', 'asset:bonds')).to.deep.equal([['holding', 10]]);
    expect(weight('bank-1', 'fund-3')).to.deep.equal([['common-holding', 1]]);
    expect(weight('fund-3', 'bank-1')).to.have.deep.members([
      ['exposure', 0.1],
      ['common-holding', 1],
    ]);
  });

  const edgesOf = (graph: ContagionGraph) =>
    graph.mapEdges((_e, { kind, weight }, source, target) => [source, target, kind, weight]);
  const formats = { gexf: [toGexf, fromGexf], graphml: [toGraphml, fromGraphml] } as const;

  for (const [name, [write, read]] of Object.entries(formats))
    it(`survives ${name}, parallel edges and all; a stress test reads its claims alone`, () => {
      const graph = contagionGraph(tables);
      const back = read(write(graph));
      expect(back.nodes()).to.deep.equal(graph.nodes());
      expect(edgesOf(back)).to.deep.equal(edgesOf(graph));
      expect(back.getNodeAttributes('fund-3')).to.deep.equal(graph.getNodeAttributes('fund-3'));
      expect(denseFromCsr(readExposures(write(graph), `day.${name}`, ids))).to.deep.equal(
        denseFromCsr(tables.exposures),
      );
    });

  it('reads GraphML made elsewhere, and names what is wrong with one', () => {
    const graphml = (edges: string, more = '<graph edgedefault="directed">') =>
      `<graphml><key id="d0" for="edge" attr.name="weight" attr.type="double"/>${more}<node id="a"/><node id="b"/>${edges}</graph></graphml>`;
    const read = (text: string) => () => denseFromCsr(readExposures(text, 'x.graphml', ['a', 'b']));
    const edge = (source: string, target: string, weight: string) =>
      `<edge source="${source}" target="${target}"><data key="d0">${weight}</data></edge>`;
    expect(read(graphml(edge('a', 'b', '2.5')))()).to.deep.equal([
      [0, 2.5],
      [0, 0],
    ]);
    expect(read(graphml(edge('a', 'b', '-1')))).to.throw('edge "a" to "b", attribute weight: "-1"');
    expect(read(graphml('<edge source="a" target="b"/>'))).to.throw('attribute weight: ""');
    expect(read(graphml(edge('a', 'a', '1')))).to.throw('"a" is exposed to itself');
    expect(read(graphml(edge('a', 'c', '1')))).to.throw('an edge ends at "c", which is no node');
    expect(read(graphml(edge('a', 'c', '1')).replaceAll('"b"', '"c"'))).to.throw('unknown id "c"');
    expect(read(graphml('', '<graph edgedefault="undirected">'))).to.throw('edges are undirected');
    expect(read(graphml('<node id="a"/>'))).to.throw('node "a" stands twice');
    expect(read('<graphml>\n<graph edgedefault="directed"></graphml>')).to.throw(/line 2, column \d+/);
    expect(read('lender,borrower,amount')).to.throw('text data outside of root node');
    expect(read('<gexf/>')).to.throw('has no <graphml>');
    expect(() => readExposures('', 'x.graphmll', ['a'])).to.throw('did you mean "graphml"?');
  });

  it('writes GraphML: every attribute declared before it is used, every node and edge there', () => {
    const graph = contagionGraph(tables);
    const text = toGraphml(graph);
    const declared = [...text.matchAll(/<key id="([^"]+)"/g)].map((m) => m[1]);
    const used = new Set([...text.matchAll(/<data key="([^"]+)"/g)].map((m) => m[1]));
    expect([...used].filter((key) => !declared.includes(key))).to.deep.equal([]);
    expect(text.match(/<node /g)).to.have.length(graph.order);
    expect(text.match(/<edge /g)).to.have.length(graph.size);
    expect(text)
      .to.include('<node id="bank &quot;2&quot;, &amp; co">')
      .and.include('<data key="edge-kind">exposure</data><data key="edge-weight">4</data>');
  });

  it('survives an edge list, which names its faults', () => {
    const text = toEdgeList(tables.exposures, ids);
    expect(denseFromCsr(fromEdgeList(text, ids))).to.deep.equal(denseFromCsr(tables.exposures));
    const read = (line: string) => () => fromEdgeList(`lender,borrower,amount\n${line}\n`, ids);
    expect(read('bank-1,nobody,1')).to.throw('line 2, column borrower: unknown id "nobody"');
    expect(read('bank-1,fund-3,-1')).to.throw('line 2, column amount');
    expect(read('bank-1,fund-3,')).to.throw('line 2, column amount');
    expect(read('bank-1,bank-1,1')).to.throw('line 2, column borrower: "bank-1" is exposed to itself');
    expect(read('bank-1,fund-3,1,000')).to.throw('line 2: has 4 values where lender,borrower,amount are 3');
    expect(() => fromEdgeList(`\n${text}`, ids)).to.throw('line 1');
    expect(denseFromCsr(fromEdgeList(`\uFEFF${text}`, ids))).to.deep.equal(denseFromCsr(tables.exposures));
    expect(() => fromEdgeList('a,b\n', ids)).to.throw('line 1');
  });

  it('plays as a timeline: values hold from day to day', () => {
    const later = contagionGraph({
      ...tables,
      exposures: csrFromDense([
        [0, 5, 0],
        [0, 0, 3],
        [0, 0, 0],
      ]),
    });
    const text = toGexfSeries([
      { day: 3, graph: contagionGraph(tables) },
      { day: 5, graph: later },
    ]);
    expect(text).to.contain('<attvalue for="weight" value="4" start="3" end="5"/>');
    expect(text).to.contain('<attvalue for="weight" value="5" start="5" end="6"/>');
    expect(text).to.contain('<attvalue for="weight" value="3" start="3" end="6"/>');
    expect(text).to.contain('bank &quot;2&quot;, &amp; co');
  });

  it('finds two cliques, the same for one seed', () => {
    const eight = {
      exposures: cliques(),
      holdings: csrFromTriplets(8, 0, { row: [], column: [], value: [] }),
    };
    const institutions = Array.from({ length: 8 }, (_, i) => ({
      id: `b${i}`,
      type: 'bank',
      equityUsd: 1,
      totalAssetsUsd: 1,
    }));
    const graph = contagionGraph({ institutions, assets: [], ...eight });
    const find = () => communities(graph, stream({ seed: 5, purpose: 'communities' }));
    const { of, count, modularity } = find();
    expect(count).to.equal(2);
    expect(modularity).to.be.greaterThan(0.4);
    expect(of['b0']).to.equal(of['b3']);
    expect(of['b0']).to.not.equal(of['b4']);
    expect(find()).to.deep.equal({ of, count, modularity });
    const central = centralities(graph);
    expect(central['b0']!.betweenness).to.be.greaterThan(central['b1']!.betweenness);
    expect(central['b0']).to.include({ outStrength: 4, inStrength: 3 });
  });

  it('fits a core', () => {
    // 0 and 1 lend to each other and each has one client.
    const exposures = csrFromDense([
      [0, 1, 1, 0],
      [1, 0, 0, 1],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ]);
    expect(corePeripheryFit(exposures)).to.deep.equal({ core: Uint8Array.from([1, 1, 0, 0]), error: 0 });
    expect(corePeripheryFit(csrFromDense([[0]])).error).to.equal(0);
  });

  it('knows the spectral radius of cycles and of none', () => {
    const radius = (rows: number[][]) => spectralRadius(csrFromDense(rows)).value;
    expect(
      radius([
        [0, 2],
        [0.5, 0],
      ]),
    ).to.be.closeTo(1, 1e-12);
    expect(
      radius([
        [0, 0.9, 5],
        [0.9, 0, 0],
        [0, 0, 0],
      ]),
    ).to.be.closeTo(0.9, 1e-12);
    expect(
      radius([
        [0, 7, 3],
        [0, 0, 2],
        [0, 0, 0],
      ]),
    ).to.equal(0);
    expect(
      radius([
        [0, 1, 1],
        [1, 0, 1],
        [1, 1, 0],
      ]),
    ).to.be.closeTo(2, 1e-12);
  });
});
