import type { Brief } from '../core/protocol.js';
import { stream } from '../core/random.js';
import type { Exam } from './assessment/forgetting.js';
import { longestRead, teach, type Keepsakes, type OpenRegime } from './curriculum.js';
import type { Cohort, PenaltyTerm, Samples } from './learning/cohort.js';
import { nonFiniteTensor } from './learning/culprit.js';
import { allFinite, NonFinite } from './learning/non-finite.js';
import type { Lesson, Pupil } from './lesson.js';
import type { Mind } from './mind.js';
import { lookbackOf } from './models/lookback.js';
import type { Reading } from './regimes/regime.js';
import type { Schooled } from './school.js';
import { maturedSpan, samplesOfSpans } from './samples.js';
import { sampleCount, targetOf } from './window.js';

/** Whoever trains: an institution on its own samples, or a pool on those of all its members. */
export interface Learner {
  readonly id: string;
  /** Where its parameters lie in its cohort. */
  readonly slot: number;
  readonly members: readonly Mind[];
  /** Index into the brief's architectures. */
  architecture: number;
  /** The federation's model it last received: updates are differences from it. Where tensors stay at home it is
   * shorter than its own, by those; where forecasts are exchanged it is the consensus on the public probes. */
  anchor: Float32Array;
  /** Its copy of the federation's model, where it has one to train beside its own, and what that remembers. */
  copy: { readonly model: Uint8Array; readonly keepsakes: Keepsakes } | undefined;
  /** The server's control variate and its own; empty until there are any. */
  control: Float32Array;
  ownControl: Float32Array;
  /** What compression held back of its updates; empty until there is any. */
  heldBack: Float32Array;
  /** What training has spent of its privacy, at the accountant's orders; empty until it has spent any. */
  spent: Float64Array;
  /** Whether it has trained before. */
  trained: boolean;
  /** Whether it has a new architecture, and is to train in the coming round as in its first. */
  retrains: boolean;
  /** Whether a model arrived while it was away. */
  owed: number | undefined;
  /** What its training regimes remember. */
  keepsakes: Keepsakes;
  /** What it is asked again, to see what it has forgotten. */
  exams: readonly Exam[];
}

/** The same inputs with the targets of other samples: nothing is left to learn. */
function shuffled(samples: Samples, { seed }: Brief, { id, members }: Learner): Samples {
  const { window } = members[0]!;
  const draw = stream({ seed, purpose: 'shuffled-targets', entity: id, day: window.written });
  return {
    count: samples.count,
    gather: (sample, into, offset) => {
      samples.gather(sample, into, offset);
      return targetOf(window, draw.integer(sampleCount(window)));
    },
  };
}

const disguises = {
  returns: () => (samples: Samples) => samples,
  shuffled: (brief: Brief, learner: Learner) => (samples: Samples) => shuffled(samples, brief, learner),
} satisfies Record<Brief['learning']['targets'], unknown>;

/** Targets with their sign turned, where an institution attacks that way in a round. */
function turned(samples: Samples, { members }: Learner, round: number): Samples {
  const [from, to] = members[0]!.seat.turnedLabels ?? [Infinity, null];
  return round < from || round > (to ?? Infinity)
    ? samples
    : { count: samples.count, gather: (sample, into, offset) => -samples.gather(sample, into, offset) };
}

/** The coming round's lesson, before any regime has changed it. */
export function lessonOf(
  brief: Brief,
  learner: Learner,
  penalties: Readonly<Record<string, PenaltyTerm>>,
  round: number,
): Lesson {
  const { localSteps, firstSteps, batchSize, learningRate, targets } = brief.learning;
  const disguised = disguises[targets](brief, learner);
  const steps = learner.trained && !learner.retrains ? localSteps : Math.max(firstSteps, localSteps);
  return {
    spans: learner.members.map(({ window }) => maturedSpan(window)),
    heldOut: [],
    disguise: (samples) => turned(disguised(samples), learner, round),
    steps: steps * learner.members.length,
    batchSize,
    learningRate,
    penalties,
    ...(brief.examplePrivacy && { privacy: brief.examplePrivacy }),
  };
}

export const pupilOf = (
  brief: Brief,
  learner: Learner,
  cohort: Cohort,
  round: number,
  { shows, parts }: Pick<Pupil, 'shows' | 'parts'>,
): Pupil => ({
  cohort,
  slot: learner.slot,
  architecture: brief.architectures[learner.architecture]!.name,
  lookback: lookbackOf(brief.architectures[learner.architecture]!),
  longestLookback: longestRead(brief),
  round,
  horizon: brief.horizon,
  streamFor: (purpose) => stream({ seed: brief.seed, purpose, entity: learner.id, round }),
  shows,
  parts,
});

/** What a round of local training gave. */
export interface LocalRound {
  readonly examples: number;
  readonly loss: number;
  readonly localSteps: number;
  /** Difference from the federation's model at the round's start. */
  readonly delta: Float32Array;
  readonly readings: readonly Reading[];
}

/** What a lesson made of the model in a learner's seat, against what its federation last sent. */
export function reportOf(
  { anchor }: Learner,
  { architecture, shows, parts }: Pupil,
  { spans }: Lesson,
  { loss, steps }: Schooled,
): Omit<LocalRound, 'readings'> {
  const delta = shows();
  for (let j = 0; j < delta.length; j++) delta[j] = delta[j]! - anchor[j]!;
  // Finite numbers far apart may differ by more than float32 holds.
  if (!allFinite(delta, 0, delta.length))
    throw new NonFinite(architecture, `update of ${nonFiniteTensor(parts, delta)!}`);
  // Early stopping may keep the model as it was.
  return { examples: samplesOfSpans(spans), loss, localSteps: Math.max(1, steps), delta };
}

/** Trains one learner for a round; throws NonFinite with its model and its memory as they were, also where the model it
 * came to is a number and how far that is from the federation's is none. */
export function trainLearner(
  learner: Learner,
  pupil: Pupil,
  lesson: Lesson,
  opened: readonly OpenRegime[],
): LocalRound {
  const { cohort, slot } = pupil;
  const before = cohort.saveState(slot);
  try {
    const { schooled, keepsakes, readings } = teach(pupil, lesson, opened, learner.keepsakes);
    const report = reportOf(learner, pupil, lesson, schooled);
    learner.keepsakes = keepsakes;
    learner.trained = true;
    learner.retrains = false;
    return { ...report, readings };
  } catch (failure) {
    cohort.loadState(slot, before);
    throw failure;
  }
}

/** The first λ of the trees are the federation's, the rest stay. */
function mixTrees(own: Float32Array, model: Float32Array, share: number, trees: number): Float32Array {
  const taken = (Math.round(share * trees) * own.length) / trees;
  own.set(model.subarray(0, taken));
  return own;
}

function mixed(own: Float32Array, model: Float32Array, share: number): Float32Array {
  for (let j = 0; j < model.length; j++) own[j] = (1 - share) * own[j]! + share * model[j]!;
  return own;
}

/** Mixing: w ← (1 − λ) w + λ w̄; at λ = 1 exactly the federation's model. Trees, which have no mean, are taken whole.
 * @source Deng, Kamani & Mahdavi 2020, arXiv:2003.13461 (adaptive personalised federated learning) */
export function mixIn(learner: Learner, cohort: Cohort, model: Float32Array, share: number): void {
  learner.anchor = model;
  learner.owed = undefined;
  if (share === 0) return;
  const { blocks } = cohort;
  const own = cohort.parameters(learner.slot);
  if (share === 1) own.set(model);
  else if (blocks) mixTrees(own, model, share, blocks);
  else mixed(own, model, share);
  cohort.setParameters(learner.slot, own);
  learner.trained = true;
}
