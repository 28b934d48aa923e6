import { z } from 'zod';
import { field } from '../../core/scenario/field.js';
import { accuracyOf } from '../accuracy.js';
import type { Cohort } from '../learning/cohort.js';
import { lessonSamples, type Lesson, type Pupil } from '../lesson.js';
import { mlpCohort } from '../models/mlp.js';
import { laidOut } from '../samples.js';
import { regime, type Session } from './regime.js';

interface Options {
  readonly hidden: readonly number[];
  readonly lookback: number;
  readonly steps: number;
  readonly weight: number;
}

interface Memory {
  /** The teacher, as its cohort keeps it. */
  readonly teacher: Uint8Array;
  readonly loss: number;
}

const plain = { optimiser: 'adam', weightDecay: 0, loss: 'squared-error', huberDelta: 1 } as const;

/** Trains the learner's own teacher, which takes the assistant's one seat for as long. */
function teach({ options, pupil, memory }: Session<Options, Memory>, lesson: Lesson, teacher: Cohort): void {
  if (memory) teacher.loadState(0, memory.teacher);
  else teacher.initialise(0, pupil.streamFor('teacher-initialisation'));
  const { batchSize, learningRate } = lesson;
  const samples = lessonSamples(lesson, pupil, options.lookback);
  const stream = pupil.streamFor('teacher-minibatch');
  const penalties = lesson.penalties['l2'] ? { l2: lesson.penalties['l2'] } : {};
  const steps = memory ? options.steps : Math.max(options.steps, lesson.steps);
  teacher.train(0, { samples, steps, batchSize, learningRate, stream, penalties });
}

/** For squared error, learning from outcomes and teacher by weight is learning their weighted mean. */
function lectured(
  { options, pupil }: { readonly options: Options; readonly pupil: Pupil },
  lesson: Lesson,
  teacher: Cohort,
): { readonly taught: Float32Array; readonly loss: number } {
  const width = options.lookback * lesson.spans[0]!.window.width;
  const { inputs, targets } = laidOut(lessonSamples(lesson, pupil, options.lookback), width);
  const { mean } = teacher.forecast(0, inputs, targets.length);
  const { weight } = options;
  return {
    taught: targets.map((y, i) => (1 - weight) * y + weight * mean[i]!),
    loss: accuracyOf(mean, targets).loss,
  };
}

/** A student that learns from a larger teacher. */
export const distillation = regime<Options, Memory>({
  summary: 'Distillation: each learner has a large private teacher, and what federates learns from it',
  source: 'Hinton, Vinyals & Dean 2015, Distilling the Knowledge in a Neural Network',
  needs: 'learned mean',
  options: z.strictObject({
    hidden: field(
      z.array(z.int().min(1).max(4096)).min(1).max(8).default([128, 64]),
      "Width of each hidden layer of the teacher, a feed-forward network of the learner's own",
      'count',
    ),
    lookback: field(
      z.int().min(1).max(250).default(1),
      'Days that the teacher reads, today the last',
      'days',
    ),
    steps: field(
      z.int().min(1).max(100_000).default(20),
      "The teacher's minibatch steps a round; in the first at least the student's",
      'count',
    ),
    weight: field(
      z.number().gt(0).max(1).default(0.5),
      "Weight of the teacher's forecasts beside what happened",
      'share',
    ),
  }),
  lookback: ({ lookback }) => lookback,
  assistant: ({ hidden, lookback }, { shape, engine }) =>
    mlpCohort('teacher', { ...shape, window: lookback }, { ...plain, hidden }, 1, engine),
  prepare: (session, lesson) => {
    const teacher = session.assistant!;
    teach(session, lesson, teacher);
    const { taught, loss } = lectured(session, lesson, teacher);
    return { lesson: { ...lesson, taught }, memory: { teacher: teacher.saveState(0), loss } };
  },
  conclude: ({ pupil, memory, assistant }, lesson) => {
    const { cohort, slot, lookback } = pupil;
    const width = lookback * lesson.spans[0]!.window.width;
    const { inputs, targets } = laidOut(lessonSamples(lesson, pupil, lookback), width);
    const student = accuracyOf(cohort.forecast(slot, inputs, targets.length).mean, targets).loss;
    return {
      memory,
      readings: [
        { quantity: 'teacher-loss', at: 0, value: memory!.loss },
        { quantity: 'student-loss', at: 0, value: student },
        {
          quantity: 'student-size',
          at: 0,
          value: cohort.parameterCount / assistant!.parameterCount,
        },
      ],
    };
  },
});
