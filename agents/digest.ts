import type { Brief } from '../core/protocol.js';
import type { OpenRegime } from './curriculum.js';
import { trainLearner, type Learner, type LocalRound } from './learner.js';
import type { PenaltyTerm } from './learning/cohort.js';
import { lessonSamples, type Lesson, type Pupil } from './lesson.js';
import { probesFor } from './probes.js';

/** What is taken in of a consensus: the pull towards it, and for how many steps. */
export interface Digest {
  readonly pull: PenaltyTerm;
  readonly steps: number;
}

/** The consensus that a learner was last sent, as a penalty; undefined where parameters are exchanged, or nobody has
 * agreed on anything yet: a federation begins with zeros. */
export function digestOf(
  brief: Brief,
  { anchor, architecture }: Learner,
  { cohort }: Pupil,
  publicProbes: Float32Array,
): Digest | undefined {
  const { exchange } = brief;
  if (exchange.of === 'parameters' || !anchor.some((f) => f !== 0)) return undefined;
  const rows = exchange.probes;
  const [probes, count] = probesFor(brief, cohort, architecture, publicProbes, rows);
  const forecasts = Float32Array.from({ length: count }, (_, r) => anchor[r % rows]!);
  return { pull: { weight: exchange.weight, inputs: { probes, forecasts } }, steps: exchange.steps };
}

/** Mean squared distance of a learner's forecasts on the public probes to the consensus. */
function distance({ anchor }: Learner, { shows }: Pupil): number {
  const own = shows();
  return anchor.reduce((sum, f, r) => sum + (own[r]! - f) * (own[r]! - f), 0) / anchor.length;
}

/** Trains a learner towards the consensus and then on its own samples alone; throws NonFinite with its model as it was.
 * @source Li & Wang 2019 (arXiv 1910.03581), algorithm 1: digest, then revisit
 */
export function trainAgreed(
  learner: Learner,
  pupil: Pupil,
  lesson: Lesson,
  opened: readonly OpenRegime[],
  { pull, steps }: Digest,
): LocalRound {
  const { cohort, slot } = pupil;
  const before = cohort.saveState(slot);
  try {
    const apart = distance(learner, pupil);
    digest(pupil, lesson, pull, steps);
    const left = distance(learner, pupil);
    const round = trainLearner(learner, pupil, lesson, opened);
    const told = [
      { quantity: 'consensus-loss-before', at: 0, value: apart },
      { quantity: 'consensus-loss-after', at: 0, value: left },
    ];
    return { ...round, localSteps: round.localSteps + steps, readings: [...told, ...round.readings] };
  } catch (failure) {
    cohort.loadState(slot, before);
    throw failure;
  }
}

/** Minibatch steps of the lesson's own, under the pull. */
function digest(pupil: Pupil, lesson: Lesson, pull: PenaltyTerm, steps: number): void {
  const { cohort, slot, lookback } = pupil;
  const { batchSize, learningRate, privacy } = lesson;
  const penalties = { ...lesson.penalties, consensus: pull };
  const samples = lessonSamples(lesson, pupil, lookback);
  const hidden = privacy && { privacy: { ...privacy, noise: pupil.streamFor('digest-noise') } };
  const stream = pupil.streamFor('digest');
  cohort.train(slot, { samples, steps, batchSize, learningRate, stream, penalties, ...hidden });
}
