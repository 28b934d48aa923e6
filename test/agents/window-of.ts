import type { Stream } from '../../core/random.js';
import { partsOf, type Cohort, type Samples } from '../../agents/learning/cohort.js';
import type { Lesson, Pupil } from '../../agents/lesson.js';
import { createWindow, mature, rowsOf, type Window } from '../../agents/window.js';
import { drawsFor } from './models/task.js';

export interface Day {
  readonly inputs: readonly number[];
  readonly targets: readonly number[];
}

/** A window in which some days have passed: each gives its rows and, since all have matured, its targets. */
export function windowOf(
  days: number,
  { reach = days, assets = 1, width = 1, lookback = 1 },
  day: (d: number, draws: Stream) => Day,
): Window {
  const window = createWindow(reach, assets, width, lookback);
  const draws = drawsFor('window');
  for (let d = 0; d < days; d++) {
    const { inputs, targets } = day(d, draws);
    window.inputs.set(inputs, rowsOf(window, d));
    window.written++;
    mature(window, Float32Array.from(targets));
  }
  return window;
}

/** Lets more days pass. */
export function goOn(window: Window, days: number, day: (d: number, draws: Stream) => Day): void {
  const draws = drawsFor('more', window.written);
  for (const until = window.written + days; window.written < until;) {
    const { inputs, targets } = day(window.written, draws);
    window.inputs.set(inputs, rowsOf(window, window.written));
    window.written++;
    mature(window, Float32Array.from(targets));
  }
}

export const plainLesson = (window: Window, more: Partial<Lesson> = {}): Lesson => ({
  spans: [{ window, from: Math.max(0, window.written - window.reach), to: window.matured }],
  heldOut: [],
  disguise: (samples: Samples) => samples,
  steps: 200,
  batchSize: 16,
  learningRate: 0.02,
  penalties: {},
  ...more,
});

export const pupilWith = (cohort: Cohort, more: Partial<Pupil> = {}): Pupil => ({
  cohort,
  slot: 0,
  architecture: 'test',
  lookback: 1,
  longestLookback: 1,
  round: 1,
  horizon: 1,
  streamFor: (purpose) => drawsFor(`${purpose} ${more.round ?? 1}`),
  shows: () => cohort.parameters(more.slot ?? 0),
  parts: partsOf(cohort),
  ...more,
});
