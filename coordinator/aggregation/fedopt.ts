import { z } from 'zod';
import { positive } from '../../core/measure-input.js';
import { pow } from '../../core/numeric.js';
import { field } from '../../core/scenario/field.js';
import { aggregation, type Aggregation } from './aggregation.js';
import { move } from './move.js';
import { meanDelta } from './weighted-sum.js';

const decay = z.number('must be a finite number').min(0, 'must not be negative').lt(1, 'must be below 1');

interface Defaults {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
}

const optionsFor = (defaults: Defaults) =>
  z.strictObject({
    learningRate: field(positive.default(defaults.learningRate), 'server learning rate η', 'ratio'),
    beta1: field(decay.default(defaults.beta1), 'decay of the mean direction m', 'share'),
    beta2: field(
      decay.default(defaults.beta2),
      'decay of the second moment v; Adagrad’s v never decays',
      'share',
    ),
    tau: field(
      positive.default(1e-3),
      'degree of adaptivity, added to √v; v starts at τ²',
      'update magnitude',
    ),
    biasCorrection: field(
      z.enum(['none', 'flower']).default('none'),
      '`flower`: v starts at 0 and FedAdam’s rate is corrected as Flower does; `none`: the paper',
      'name',
    ),
  });

type Options = z.output<ReturnType<typeof optionsFor>>;

/** What tells the three rules apart. */
interface Variant {
  readonly summary: string;
  readonly defaults: Defaults;
  /** The next second moment from the last and the squared mean difference. */
  readonly secondMoment: (v: number, squared: number, beta2: number) => number;
  /** Flower's factor on the learning rate in its round `round` (from 1). */
  readonly flowerFactor: (round: number, options: Options) => number;
}

/** Flower corrects FedAdam alone, and with one power too many. */
export const flowerAdamFactor = (round: number, { beta1, beta2 }: Options): number =>
  Math.sqrt(1 - pow(beta2, round + 1)) / (1 - pow(beta1, round + 1));

const startOfSecondMoment = { none: (tau: number) => tau ** 2, flower: () => 0 };

/** Adaptive server optimisers, one frame for three.
 * @formula m ← β₁m + (1−β₁)Δ̄; v by rule; w ← w + η m/(√v + τ)
 * @shape   Δ_i (d), n_i examples; m, v, result (d)
 * @source  Reddi et al. 2021, ICLR (arXiv 2003.00295), algorithm 2
 * @pitfall no bias correction, and v starts at τ² rather than 0: both unlike Adam, and unlike Flower
 */
export function fedOpt({ summary, defaults, secondMoment, flowerFactor }: Variant): Aggregation {
  const rate = { none: () => 1, flower: flowerFactor };
  return aggregation({
    summary,
    source: 'Reddi et al. 2021, arXiv 2003.00295',
    needsIndividualUpdates: false,
    options: optionsFor(defaults),
    initialState: (parameterCount, { biasCorrection, tau }) => ({
      m: new Float64Array(parameterCount),
      v: new Float64Array(parameterCount).fill(startOfSecondMoment[biasCorrection](tau)),
      round: Float64Array.of(0),
    }),
    aggregate: (state, { parameters, updates }, options) => {
      const { beta1, beta2, tau, learningRate, biasCorrection } = options;
      const delta = meanDelta(updates);
      const m = delta.map((value, j) => beta1 * state['m']![j]! + (1 - beta1) * value);
      const v = delta.map((value, j) => secondMoment(state['v']![j]!, value ** 2, beta2));
      const round = state['round']![0]! + 1;
      const direction = m.map((value, j) => value / (Math.sqrt(v[j]!) + tau));
      const moved = move(parameters, direction, learningRate * rate[biasCorrection](round, options));
      return { parameters: moved, state: { m, v, round: Float64Array.of(round) } };
    },
  });
}
