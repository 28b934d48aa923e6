import type { z } from 'zod';
import type { Cohort, ParameterTensor } from '../learning/cohort.js';
import type { Engine } from '../learning/engine.js';
import type { Lesson, Pupil } from '../lesson.js';
import type { Schooled } from '../school.js';
import type { DayShape } from '../models/architecture.js';

/** A number that a regime reports of a learner; `at` says of what (a fold, a day), and is 0 where there is one only. */
export interface Reading {
  readonly quantity: string;
  readonly at: number;
  readonly value: number;
}

/** What regimes are opened with, once a host. */
export interface Premises {
  readonly shape: DayShape;
  readonly engine: Engine;
}

/** A way of training, as a scenario names it. Memory is plain data, one a learner, kept between rounds. */
export interface Regime<Options = never, Memory = never> {
  readonly summary: string;
  readonly source: string;
  /** What it asks of an architecture. */
  readonly needs: 'gradient' | 'learned mean' | 'nothing';
  /** Whether what it changes of training is within the gradient of each example, or reads none: training by noised
   * gradients can then account for it. */
  readonly isByExample?: boolean;
  readonly options: z.ZodType<Options>;
  /** A model that the regime needs beside the pupils' own. */
  readonly assistant?: (options: Options, premises: Premises) => Cohort;
  /** Days that the assistant looks back. */
  readonly lookback?: (options: Options) => number;
  /** Changes the coming lesson; what it learns on the way goes into the memory. */
  readonly prepare?: (session: Session<Options, Memory>, lesson: Lesson) => Prepared<Memory>;
  /** Looks at the pupil after the lesson. */
  readonly conclude?: (
    session: Session<Options, Memory>,
    lesson: Lesson,
    schooled: Schooled,
  ) => Concluded<Memory>;
  /** The parameters that forecasts are made with, given those that were learned. */
  readonly deploy?: (tensors: readonly ParameterTensor[], parameters: Float32Array) => Float32Array;
}

export interface Session<Options, Memory> {
  readonly options: Options;
  readonly pupil: Pupil;
  readonly memory: Memory | undefined;
  readonly assistant: Cohort | undefined;
}

export interface Prepared<Memory> {
  readonly lesson: Lesson;
  readonly memory?: Memory | undefined;
}

export interface Concluded<Memory> {
  readonly memory?: Memory | undefined;
  readonly readings: readonly Reading[];
}

/** Gives a regime its types where it is defined and forgets them where regimes are listed. */
export const regime = <Options, Memory>(definition: Regime<Options, Memory>): Regime =>
  definition as unknown as Regime;
