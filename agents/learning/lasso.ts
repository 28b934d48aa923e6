import { OPCODES } from './instructions.js';
import type { Optimiser } from './optimisers.js';
import { at, emit } from './trace.js';

/** Adds a soft threshold on all weights (not on biases) after every step of plain gradient descent.
 * @formula w ← sign(u) max(|u| - η λ, 0), u the step's own result
 * @source  Parikh & Boyd 2014, Proximal Algorithms, section 4.3 (iterative shrinkage); Tibshirani 1996
 * @pitfall with a step scaled by parameter, as Adam's, this is no longer the lasso
 */
export const withLasso = (optimiser: Optimiser, lambda: number): Optimiser => ({
  emit: (trace, scalars) => {
    optimiser.emit(trace, scalars);
    for (const { declared, tensor } of trace.parameters.values()) {
      const n = declared.rows * declared.stride;
      if (declared.name.endsWith('weights'))
        emit(trace, OPCODES.shrink, [at(tensor.at.buffer), n, scalars.at], 2 * n);
    }
  },
  advance: (corrections, learningRate, into, offset) => {
    optimiser.advance(corrections, learningRate, into, offset);
    into[offset + 3] = learningRate * lambda;
  },
});
