import type { Brief } from '../core/protocol.js';
import { stream } from '../core/random.js';
import type { Cohort, PenaltyTerm, Samples } from './learning/cohort.js';
import type { Mind } from './mind.js';
import { lookbackOf } from './models/lookback.js';
import { gather, sampleCount, targetOf } from './window.js';

/** Whoever trains: an institution on its own samples, or a pool on those of all its members. */
export interface Learner {
  readonly id: string;
  /** Where its parameters lie in its cohort. */
  readonly slot: number;
  readonly members: readonly Mind[];
  /** Index into the brief's architectures. */
  architecture: number;
  /** The federation's model it last received: updates are differences from it. */
  anchor: Float32Array;
  /** Whether it has trained before. */
  trained: boolean;
  /** Whether a model arrived while it was away. */
  owed: number | undefined;
}

/** All members' samples as one sequence. */
function pooled(members: readonly Mind[], lookback: number): Samples {
  const counts = members.map((m) => sampleCount(m.window));
  const starts = counts.reduce<number[]>((sums, n) => [...sums, sums.at(-1)! + n], [0]);
  const memberOf = (sample: number): number => {
    let m = 0;
    while (sample >= starts[m + 1]!) m++;
    return m;
  };
  return {
    count: starts.at(-1)!,
    gather: (sample, into, offset) => {
      const m = members.length === 1 ? 0 : memberOf(sample);
      return gather(members[m]!.window, sample - starts[m]!, lookback, into, offset);
    },
  };
}

/** The same inputs with the targets of other samples: nothing is left to learn. */
function shuffled(samples: Samples, seed: number, id: string, members: readonly Mind[]): Samples {
  const draw = stream({ seed, purpose: 'shuffled-targets', entity: id, day: members[0]!.window.written });
  const window = members[0]!.window;
  return {
    count: samples.count,
    gather: (sample, into, offset) => {
      samples.gather(sample, into, offset);
      return targetOf(window, draw.integer(sampleCount(window)));
    },
  };
}

export const samplesOf = (brief: Brief, learner: Learner): Samples => {
  const samples = pooled(learner.members, lookbackOf(brief.architectures[learner.architecture]!));
  return brief.learning.targets === 'shuffled'
    ? shuffled(samples, brief.seed, learner.id, learner.members)
    : samples;
};

/** What a round of local training gave. */
export interface LocalRound {
  readonly examples: number;
  readonly loss: number;
  /** Difference from the federation's model at the round's start. */
  readonly delta: Float32Array;
}

/** Trains one learner for a round; throws NonFinite with its parameters as they were. */
export function trainLearner(
  brief: Brief,
  learner: Learner,
  cohort: Cohort,
  round: number,
  penalties: Readonly<Record<string, PenaltyTerm>>,
): LocalRound {
  const samples = samplesOf(brief, learner);
  const { localSteps, firstSteps, batchSize, learningRate } = brief.learning;
  const result = cohort.train(learner.slot, {
    samples,
    steps: (learner.trained ? localSteps : Math.max(firstSteps, localSteps)) * learner.members.length,
    batchSize,
    learningRate,
    stream: stream({ seed: brief.seed, purpose: 'minibatch', entity: learner.id, round }),
    penalties,
  });
  learner.trained = true;
  const delta = cohort.parameters(learner.slot);
  for (let j = 0; j < delta.length; j++) delta[j] = delta[j]! - learner.anchor[j]!;
  return { examples: samples.count, loss: result.loss, delta };
}

/** The first λ of the trees are the federation's, the rest stay. */
function mixTrees(own: Float32Array, model: Float32Array, share: number, trees: number): Float32Array {
  const taken = (Math.round(share * trees) * own.length) / trees;
  own.set(model.subarray(0, taken));
  return own;
}

function mixed(own: Float32Array, model: Float32Array, share: number): Float32Array {
  for (let j = 0; j < own.length; j++) own[j] = (1 - share) * own[j]! + share * model[j]!;
  return own;
}

/** Mixing: w ← (1 − λ) w + λ w̄; at λ = 1 exactly the federation's model. Trees, which have no mean, are taken whole.
 * @source Deng, Kamani & Mahdavi 2020, arXiv:2003.13461 (adaptive personalised federated learning) */
export function mixIn(learner: Learner, cohort: Cohort, model: Float32Array, share: number): void {
  learner.anchor = model;
  learner.owed = undefined;
  if (share === 0) return;
  const { blocks } = cohort;
  const own = share === 1 ? model.slice() : cohort.parameters(learner.slot);
  if (share < 1) {
    if (blocks) mixTrees(own, model, share, blocks);
    else mixed(own, model, share);
  }
  cohort.setParameters(learner.slot, own);
  learner.trained = true;
}
