import { expect } from 'chai';
import { openEngine } from '../../../agents/learning/engine.js';
import { Misbuilt } from '../../../agents/learning/misbuilt.js';
import type { Network } from '../../../agents/learning/network.js';
import { zeros } from '../../../agents/learning/initialisers.js';
import { matmul, meanSquaredError } from '../../../agents/learning/operations/index.js';
import { sgd } from '../../../agents/learning/optimisers.js';
import { tracedCohort } from '../../../agents/learning/traced-cohort.js';
import { create } from './create.js';
import { emit, parameter } from '../../../agents/learning/trace.js';

const network = (forward: Network['forward']): Network => ({
  architecture: 'homemade',
  rowWidth: 3,
  rowsPerSample: 1,
  representationWidth: 0,
  loss: meanSquaredError,
  optimiser: sgd(0),
  forward,
});

describe('an architecture that is wrong in itself', () => {
  it('is refused by its name and the tensors that do not fit', () => {
    const crooked = network((trace, inputs) => ({
      mean: matmul(inputs, parameter(trace, 'narrow weights', 2, 1, zeros)),
    }));
    expect(() => tracedCohort(crooked, 1, openEngine())).to.throw(
      Misbuilt,
      'homemade: matmul: shapes do not fit: inputs [1, 3], narrow weights [2, 1]',
    );
  });

  it('is refused by its name and the operation that there is not', () => {
    const odd = network((trace, inputs) => {
      emit(trace, 999 as never, []);
      return { mean: matmul(inputs, parameter(trace, 'weights', 3, 1, zeros)) };
    });
    expect(() => tracedCohort(odd, 1, openEngine())).to.throw(Misbuilt, 'homemade: unknown operation 999');
  });

  it('is refused by its name and how much too large it is', () => {
    expect(() => create('mlp', { features: 3 }, { hidden: [4096, 4096] })).to.throw(
      Misbuilt,
      /^mlp: needs 168\d{5} numbers at a time where 16777216 is the most$/,
    );
    const wide = create('mlp', { features: 3 }, { hidden: [2048] });
    expect(() => wide.flopsPerTrainingStep(8192)).to.throw(Misbuilt, /^mlp: needs/);
  });
});
