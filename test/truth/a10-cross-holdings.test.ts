import { expect } from 'chai';
import { expectClose } from '../close.js';
import { measured } from '../measured.js';
import { sharedJson } from '../shared.js';

interface Truth {
  inputs: {
    C2: number[][];
    C3: number[][];
    Dp: number[];
    shocked_Dp: number[];
    threshold_frac: number;
    failure_cost_frac: number;
  };
  expected: { A2: number[][]; A3: number[][]; v0: number[]; waves: number[][]; v_final: number[] };
  tolerance: number;
}
interface Output {
  dependency: number[][];
  initialValues: number[];
  waves: number[][];
  finalValues: number[];
}

describe('truth a10: cross-holdings', () => {
  it('agrees in the dependency matrices and the cascade', function () {
    const { inputs, expected, tolerance } = sharedJson<Truth>(this, 'truth/a10_egj_dependency.json');
    const terms = { threshold: inputs.threshold_frac, failureCost: inputs.failure_cost_frac };
    const two = { primitives: [1, 1], shocked: [1, 1] };
    const pair = measured<Output>('cross-holdings', { holdings: inputs.C2, ...two, ...terms });
    expectClose(pair.dependency, expected.A2, tolerance);
    expect(pair.waves).to.deep.equal([]);
    const found = measured<Output>('cross-holdings', {
      holdings: inputs.C3,
      primitives: inputs.Dp,
      shocked: inputs.shocked_Dp,
      ...terms,
    });
    expectClose(found.dependency, expected.A3, tolerance);
    expectClose(found.initialValues, expected.v0, tolerance);
    expect(found.waves).to.deep.equal(expected.waves);
    expectClose(found.finalValues, expected.v_final, tolerance);
  });
});
