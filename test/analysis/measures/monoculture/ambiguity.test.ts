import { expectClose } from '../../../close.js';
import { measured } from '../../../measured.js';

describe('ambiguity', () => {
  it('two forecasters about one target, by hand', () => {
    // f̄ = 2; error (2 − 3)² = 1; members (1 − 3)² = 4 and 0, mean 2; ambiguity 1.
    const input = { forecasts: [[1], [3]], target: [3] };
    expectClose(measured('ambiguity', input), { ensembleError: 1, meanError: 2, ambiguity: 1 }, 1e-15);
  });

  it('weights are scaled to sum to 1', () => {
    // f̄ = 2.5; error 0.25; mean error ¼·4 = 1; ambiguity ¼·2.25 + ¾·0.25 = 0.75.
    const input = { forecasts: [[1], [3]], target: [3], weights: [2, 6] };
    expectClose(measured('ambiguity', input), { ensembleError: 0.25, meanError: 1, ambiguity: 0.75 }, 1e-15);
  });
});
