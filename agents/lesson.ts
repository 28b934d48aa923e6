import type { Stream } from '../core/random.js';
import type {
  Adversary,
  Cohort,
  ParameterTensor,
  PenaltyTerm,
  PrivateTraining,
  Samples,
} from './learning/cohort.js';
import { blended, samplesIn, type Span } from './samples.js';

/** One round of training, as data: what training regimes change before it is held. */
export interface Lesson {
  /** Own matured days that are trained on. */
  readonly spans: readonly Span[];
  /** Own matured days kept apart, to say when to stop. */
  readonly heldOut: readonly Span[];
  /** Earlier days that are gone over again, and their share of what is trained on. */
  readonly rehearsal?: { readonly spans: readonly Span[]; readonly share: number };
  /** What is learned in place of what happened, sample by sample. */
  readonly taught?: Float32Array | undefined;
  /** What the control of shuffled targets does to samples. */
  readonly disguise: (samples: Samples) => Samples;
  readonly steps: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly penalties: Readonly<Record<string, PenaltyTerm>>;
  readonly adversary?: Adversary;
  /** What hides every sample in what is learned. */
  readonly privacy?: Omit<PrivateTraining, 'noise'>;
  /** Steps between looks at the held-out days, and looks without progress after which training stops. */
  readonly stopping?: { readonly checkEvery: number; readonly patience: number };
}

/** Whose lesson it is: one learner's model, and its own randomness. */
export interface Pupil {
  readonly cohort: Cohort;
  readonly slot: number;
  readonly architecture: string;
  /** Days that its architecture looks back. */
  readonly lookback: number;
  readonly round: number;
  /** Days that any model here looks back: what a memory of days must keep. */
  readonly longestLookback: number;
  /** Days until an outcome is known. */
  readonly horizon: number;
  readonly streamFor: (purpose: string) => Stream;
  /** What its federation gets to see of its model as it is now, as long as what the federation sends. */
  readonly shows: () => Float32Array;
  /** How that divides, in order; tensors that stay at home may follow. */
  readonly parts: readonly ParameterTensor[];
}

/** The samples of a lesson as a model of some lookback reads them. */
export function lessonSamples(lesson: Lesson, { cohort }: Pupil, lookback: number): Samples {
  const { spans, rehearsal, taught, disguise } = lesson;
  const own = disguise(samplesIn(spans, lookback));
  const all = rehearsal
    ? blended(own, disguise(samplesIn(rehearsal.spans, lookback)), rehearsal.share, cohort.rowsPerSample)
    : own;
  return taught ? { ...all, taught } : all;
}
