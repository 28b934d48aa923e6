import { z } from 'zod';
import { field } from '../../core/scenario/field.js';
import type { Cohort } from '../learning/cohort.js';
import { lessonSamples, type Lesson, type Pupil } from '../lesson.js';
import { regime, type Session } from './regime.js';

interface Options {
  readonly weight: number;
  readonly everyRounds: number;
  readonly decay: number;
  readonly samples: number;
}

interface Memory {
  readonly earlier: Float32Array;
  readonly importance: Float32Array;
}

const penalty = 'elastic-weight-consolidation';

/** Adds the squared slopes of each row's forecast. */
function addSquaredSlopes(cohort: Cohort, slot: number, rows: Float32Array, into: Float64Array): void {
  const count = cohort.rowsPerSample;
  for (let row = 0; row < count; row++) {
    const { parameters } = cohort.pullBack!(
      slot,
      rows,
      Float32Array.from({ length: count }, (_, r) => (r === row ? 1 : 0)),
    );
    for (let j = 0; j < into.length; j++) into[j]! += parameters[j]! ** 2;
  }
}

/** How much each parameter matters to the forecasts of the lesson's samples: the diagonal of the Gauss-Newton matrix,
 * for squared error twice the Fisher information times the noise variance.
 * @formula F_j = 2 E (∂f/∂w_j)²
 */
function importanceOf(pupil: Pupil, lesson: Lesson, draws: number): Float32Array {
  const { cohort, slot, lookback } = pupil;
  const samples = lessonSamples(lesson, pupil, lookback);
  const stream = pupil.streamFor('importance');
  const width = lookback * lesson.spans[0]!.window.width;
  const together = cohort.rowsPerSample;
  const squares = new Float64Array(cohort.parameterCount);
  const rows = new Float32Array(together * width);
  for (let n = 0; n < draws; n++) {
    const first = stream.integer(samples.count / together) * together;
    for (let k = 0; k < together; k++) samples.gather(first + k, rows, k * width);
    addSquaredSlopes(cohort, slot, rows, squares);
  }
  return Float32Array.from(squares, (square) => (2 * square) / (draws * together));
}

/** F ← γ F + F_new, and what the model is now becomes what is held on to. */
function consolidate({ options, pupil, memory }: Session<Options, Memory>, lesson: Lesson): Memory {
  const fresh = importanceOf(pupil, lesson, options.samples);
  const faded = memory?.importance.map((f) => options.decay * f);
  return {
    earlier: pupil.cohort.parameters(pupil.slot),
    importance: faded ? fresh.map((f, j) => f + faded[j]!) : fresh,
  };
}

/** Holds on to what earlier days needed. */
export const elasticWeightConsolidation = regime<Options, Memory>({
  summary: 'Continual learning by elastic weight consolidation: parameters that earlier days needed are held',
  source:
    'Kirkpatrick et al. 2017, PNAS 114(13); Schwarz et al. 2018, Progress & Compress (the online form with decay)',
  needs: 'gradient',
  options: z.strictObject({
    weight: field(
      z.number().gt(0).default(1),
      'Weight of the penalty; at 1 a step away costs what it cost on the earlier days, to second order',
      'weight',
    ),
    everyRounds: field(z.int().min(1).default(10), 'Rounds from one consolidation to the next', 'rounds'),
    decay: field(
      z.number().min(0).max(1).default(0.9),
      'What is left of earlier importance at each consolidation',
      'share',
    ),
    samples: field(z.int().min(1).default(64), 'Samples that importance is estimated from', 'samples'),
  }),
  prepare: ({ options, memory }, lesson) => ({
    memory,
    lesson: memory
      ? {
          ...lesson,
          penalties: { ...lesson.penalties, [penalty]: { weight: options.weight, inputs: { ...memory } } },
        }
      : lesson,
  }),
  conclude: (session, lesson) => {
    const { options, pupil, memory } = session;
    const due = (pupil.round - 1) % options.everyRounds === 0;
    return { memory: due ? consolidate(session, lesson) : memory, readings: [] };
  },
});
