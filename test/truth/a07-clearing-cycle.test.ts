import { expect } from 'chai';
import { expectClose } from '../close.js';
import { measured } from '../measured.js';
import { sharedJson } from '../shared.js';

interface Truth {
  inputs: { L: number[][]; alpha: number; beta: number };
  expected: {
    e: number[];
    clearing: number[];
    defaults: number[];
    fictitious_default_waves: number[][];
    equity: number[];
    rv_alpha08_beta06: number[];
  }[];
  tolerance: number;
}
interface Output {
  payments: number[];
  defaulted: number[];
  equity: number[];
  waves: number[][];
}

describe('truth a07: clearing and the fictitious default sequence on a cycle', () => {
  it('agrees for every cash vector', function () {
    const { inputs, expected, tolerance } = sharedJson<Truth>(this, 'truth/a07_en_cyclic3.json');
    for (const truth of expected) {
      const system = { liabilities: inputs.L, externalAssets: truth.e };
      const found = measured<Output>('clearing', system);
      expectClose(found.payments, truth.clearing, tolerance);
      expectClose(found.equity, truth.equity, tolerance);
      expect(found.defaulted).to.deep.equal(truth.defaults);
      expect(found.waves).to.deep.equal(truth.fictitious_default_waves);
      const costly = measured<Output>('clearing', { ...system, alpha: inputs.alpha, beta: inputs.beta });
      expectClose(costly.payments, truth.rv_alpha08_beta06, tolerance);
    }
  });
});
