import { accuracyOn } from '../accuracy.js';
import type { Pupil } from '../lesson.js';
import type { Reading } from '../regimes/regime.js';
import { samplesOfSpan, type Span } from '../samples.js';
import { excerptOf, type Window } from '../window.js';

/** Days that a learner once knew, and how well. */
export interface Exam {
  /** The newest days of its window then, one part a member. */
  readonly days: readonly Window[];
  /** Trading day of the last of them. */
  readonly lastDay: number;
  readonly loss: number;
}

export interface ForgettingPlan {
  readonly everyRounds: number;
  readonly days: number;
  readonly keep: number;
}

const whole = (days: Window): Span => ({ window: days, from: days.written - days.reach, to: days.written });

/** Sets a new exam on the newest days, right after they were learned. */
function newExam(
  { cohort, slot, lookback }: Pupil,
  spans: readonly Span[],
  days: number,
  lastDay: number,
): Exam {
  const parts = spans
    .filter((span) => samplesOfSpan(span) > 0)
    .map(({ window, from, to }) => excerptOf(window, Math.max(from, to - days), to, lookback));
  return { days: parts, lastDay, loss: accuracyOn(cohort, slot, parts.map(whole), lookback).loss };
}

/** Sits all earlier exams again, reports what each loss was and is, and sets the next.
 * @formula forgetting = mean over exams of (loss now - loss when it was set)
 * @source  Lopez-Paz & Ranzato 2017 (backward transfer); Chaudhry et al. 2018, Riemannian Walk
 */
export function resit(
  pupil: Pupil,
  exams: readonly Exam[],
  spans: readonly Span[],
  plan: ForgettingPlan,
  lastDay: number,
): { readonly exams: Exam[]; readonly readings: Reading[] } {
  const { cohort, slot, lookback } = pupil;
  const readings = exams.flatMap(({ days, lastDay: at, loss }): Reading[] => [
    { quantity: 'exam-loss-then', at, value: loss },
    { quantity: 'exam-loss-now', at, value: accuracyOn(cohort, slot, days.map(whole), lookback).loss },
  ]);
  const next = newExam(pupil, spans, plan.days, lastDay);
  return { exams: [...exams, next].slice(-plan.keep), readings };
}
