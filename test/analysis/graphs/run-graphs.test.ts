import { expect } from 'chai';
import { graphSeries } from '../../../analysis/graphs/run-graphs.js';
import type { RunData } from '../../../analysis/run-data.js';
import { toGexfSeries } from '../../../market/contagion/gexf-series.js';
import { smallScenario } from '../../small-run.js';

const ints = (...x: number[]) => Int32Array.from(x);
const reals = (...x: number[]) => Float64Array.from(x);

/** Two institutions over two days; the claim changes on day 1, and one of day 1 passed to the outside book (2). */
const run: RunData = {
  scenario: smallScenario(),
  roster: ['a', 'b'].map((id) => ({ id, type: 'bank', architecture: 'mlp' })),
  tables: {
    institutions: { day: ints(0, 0, 1, 1), equityUsd: reals(1, 2, 3, 4), assetsUsd: reals(10, 20, 30, 40) },
    assets: { day: ints(0, 0, 0, 1, 1, 1), price: reals(1, 1, 1, 2, 1, 1) },
    positions: {
      day: ints(0, 1, 1),
      institution: ints(0, 0, 1),
      asset: ints(0, 0, 1),
      units: reals(5, 5, -1),
    },
    exposures: { day: ints(0, 1, 1), creditor: ints(0, 0, 2), debtor: ints(1, 1, 0), face: reals(7, 8, 9) },
  },
  notices: [],
  command: '',
  version: '',
};

describe('graphs of a run', () => {
  it('show claims and holdings at each close', () => {
    const [first, second] = graphSeries(run);
    expect(first!.graph.reduceEdges((all, _e, { weight }) => [...all, weight], [] as number[])).to.deep.equal(
      [7, 5],
    );
    expect(
      second!.graph.reduceEdges((all, _e, { weight }) => [...all, weight], [] as number[]),
    ).to.deep.equal([8, 10]);
    expect(second!.graph.getNodeAttribute('b', 'equityUsd')).to.equal(4);
  });

  it('play as one dynamic GEXF', () => {
    const text = toGexfSeries(graphSeries(run));
    expect(text).to.contain('value="7" start="0" end="1"').and.to.contain('value="8" start="1" end="2"');
  });
});
