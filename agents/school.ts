import { accuracyOn } from './accuracy.js';
import type { Samples, TrainingResult } from './learning/cohort.js';
import { lessonSamples, type Lesson, type Pupil } from './lesson.js';

/** What a lesson gave. */
export interface Schooled {
  readonly loss: number;
  readonly steps: number;
  readonly penalties: Readonly<Record<string, number>>;
  /** Loss on the held-out days of the model that was kept. */
  readonly heldOutLoss?: number;
}

type Train = (steps: number) => TrainingResult;

/** Trains until the held-out loss has not fallen for `patience` looks, and keeps the best model met.
 * @source Prechelt 1998, Early Stopping - But When?
 */
function untilItStops(pupil: Pupil, lesson: Lesson, train: Train): Schooled {
  const { cohort, slot, lookback } = pupil;
  const { checkEvery, patience } = lesson.stopping!;
  const look = (): number => accuracyOn(cohort, slot, lesson.heldOut, lookback).loss;
  let best = { loss: 0, steps: 0, penalties: {}, heldOutLoss: look() };
  let kept = cohort.saveState(slot);
  let [steps, idle] = [0, 0];
  while (steps < lesson.steps && idle < patience) {
    const taken = Math.min(checkEvery, lesson.steps - steps);
    const { loss, penalties } = train(taken);
    steps += taken;
    const heldOutLoss = look();
    if (steps === taken) best = { ...best, loss, penalties };
    if (heldOutLoss < best.heldOutLoss) {
      best = { loss, steps, penalties, heldOutLoss };
      kept = cohort.saveState(slot);
      idle = 0;
    } else idle++;
  }
  cohort.loadState(slot, kept);
  return best;
}

/** Holds a lesson; throws NonFinite with the pupil's model as it was. */
export function school(pupil: Pupil, lesson: Lesson): Schooled {
  const { cohort, slot, lookback } = pupil;
  const { batchSize, learningRate, penalties, adversary, privacy } = lesson;
  const samples: Samples = lessonSamples(lesson, pupil, lookback);
  const stream = pupil.streamFor('minibatch');
  const hidden = privacy && { ...privacy, noise: pupil.streamFor('example-noise') };
  const train: Train = (steps) =>
    cohort.train(slot, {
      samples,
      steps,
      batchSize,
      learningRate,
      stream,
      penalties,
      ...(adversary && { adversary }),
      ...(hidden && { privacy: hidden }),
    });
  if (!lesson.stopping || lesson.heldOut.length === 0) return { ...train(lesson.steps), steps: lesson.steps };
  const before = cohort.saveState(slot);
  try {
    return untilItStops(pupil, lesson, train);
  } catch (failure) {
    cohort.loadState(slot, before);
    throw failure;
  }
}
