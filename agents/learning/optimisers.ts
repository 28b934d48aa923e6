import { gradientVector } from './backward.js';
import { OPCODES } from './instructions.js';
import type { Tensor } from './tensor.js';
import type { Trace } from './trace.js';
import { at, emit } from './trace.js';

/** A rule that moves parameters against their gradient. */
export interface Optimiser {
  /** Emits the update; `scalars` holds what `advance` writes for this step. */
  readonly emit: (trace: Trace, scalars: Tensor) => void;
  /** Writes [step size, epsilon, decay factor, threshold] of the agent's next step.
   * `corrections` are the agent's own two numbers, 1 and 1 at first.
   */
  readonly advance: (
    corrections: Float64Array,
    learningRate: number,
    into: Float32Array,
    offset: number,
  ) => void;
}

const whole = (trace: Trace, space: 'parameter' | 'firstMoment' | 'secondMoment') =>
  at({ space, size: trace.sizes.parameter, offset: 0, lifetime: 'kept' });

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

/** Adam, with decay apart from the gradient where `decay` > 0 (then AdamW).
 * @formula w ← (1 - η λ) w - η m̂ / (√v̂ + ε)
 * @source Kingma & Ba 2015, Adam, algorithm 1; Loshchilov & Hutter 2019, Decoupled Weight Decay Regularization
 */
export const adam = (decay: number): Optimiser => ({
  emit: (trace, scalars) => {
    const n = trace.sizes.parameter;
    const [parameters, gradient] = [whole(trace, 'parameter'), gradientVector(trace).at];
    const moments = [whole(trace, 'firstMoment'), whole(trace, 'secondMoment')];
    const words = [n, parameters, gradient, ...moments, scalars.at, { float: BETA1 }, { float: BETA2 }];
    emit(trace, OPCODES.adam, words, 14 * n);
  },
  advance: (corrections, learningRate, into, offset) => {
    corrections[0]! *= BETA1;
    corrections[1]! *= BETA2;
    const spread = Math.sqrt(1 - corrections[1]!);
    into[offset] = (learningRate * spread) / (1 - corrections[0]!);
    into[offset + 1] = EPSILON * spread;
    into[offset + 2] = 1 - learningRate * decay;
    into[offset + 3] = 0;
  },
});

/** Plain gradient descent, with decay apart from the gradient.
 * @formula w ← (1 - η λ) w - η g
 */
export const sgd = (decay: number): Optimiser => ({
  emit: (trace, scalars) => {
    const n = trace.sizes.parameter;
    const words = [n, whole(trace, 'parameter'), gradientVector(trace).at, scalars.at];
    emit(trace, OPCODES.gradientDescent, words, 4 * n);
  },
  advance: (_corrections, learningRate, into, offset) => {
    into[offset] = learningRate;
    into[offset + 1] = 0;
    into[offset + 2] = 1 - learningRate * decay;
    into[offset + 3] = 0;
  },
});

export const optimisers = { adam, sgd } satisfies Record<string, (decay: number) => Optimiser>;
