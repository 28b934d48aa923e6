import type { Brief } from '../../core/protocol.js';
import { stream } from '../../core/random.js';
import { accuracyOn } from '../accuracy.js';
import { teach, type OpenRegime } from '../curriculum.js';
import { NonFinite } from '../learning/non-finite.js';
import type { Lesson, Pupil } from '../lesson.js';
import type { Reading } from '../regimes/regime.js';
import { samplesOfSpans, type Span } from '../samples.js';
import { foldSchemes, type Fold, type FoldScheme, type Stretch } from './folds.js';

/** A candidate's fold by fold: spans of every member to train on and to test on. */
interface Examination {
  readonly train: readonly Span[];
  readonly test: readonly Span[];
}

const spansOf = ({ window }: Span, stretches: readonly Stretch[]): Span[] =>
  stretches.map(({ from, to }) => ({ window, from, to }));

function examinations(brief: Brief, spans: readonly Span[]): Examination[] {
  const { folds, scheme, embargoDays } = brief.learning.validation;
  const plans = spans.map((days) =>
    foldSchemes[scheme as FoldScheme]({ days, folds, horizon: brief.horizon, embargo: embargoDays }),
  );
  return Array.from({ length: folds }, (_, k) => {
    const of = (part: (fold: Fold) => readonly Stretch[]) =>
      spans.flatMap((span, m) => spansOf(span, part(plans[m]![k]!)));
    return { train: of((fold) => fold.train), test: of((fold) => [fold.test]) };
  });
}

/** Whether a learner is examined in a round: by lot, a share of them, each time anew. */
export function isExamined({ seed, learning }: Brief, id: string, round: number): boolean {
  const { everyRounds, share } = learning.validation;
  if (everyRounds === 0 || (round - 1) % everyRounds !== 0) return false;
  return stream({ seed, purpose: 'validation-lot', entity: id, round }).uniform() < share;
}

const readingsOf = (
  at: number,
  { loss, zeroLoss, coefficient }: ReturnType<typeof accuracyOn>,
): Reading[] => [
  { quantity: 'validation-loss', at, value: loss },
  { quantity: 'validation-zero-loss', at, value: zeroLoss },
  { quantity: 'validation-coefficient', at, value: coefficient },
];

/** Draws of a fold are its own, so that an examination disturbs no other draw. */
const inFold = (examinee: Pupil, fold: number): Pupil => ({
  ...examinee,
  streamFor: (purpose) => examinee.streamFor(`validation-${fold}-${purpose}`),
});

/** Only what does not come from the federation or from earlier rounds. */
const ownPenalties = ({ penalties }: Lesson): Lesson['penalties'] =>
  penalties['l2'] ? { l2: penalties['l2'] } : {};

/** Out-of-sample accuracy of the architecture on a learner's own days: for every fold a model that has learned nothing
 * yet is trained under the same regimes, in the examinee's seat, and forecasts days it has never seen.
 * Folds whose training met what is no number have no accuracy, and are counted. */
export function validate(
  brief: Brief,
  examinee: Pupil,
  lesson: Lesson,
  opened: readonly OpenRegime[],
  startAfresh: () => void,
): Reading[] {
  const { cohort, slot, lookback } = examinee;
  const steps = brief.learning.firstSteps * lesson.spans.length;
  const held = { ...lesson, steps, penalties: ownPenalties(lesson) };
  const before = cohort.saveState(slot);
  let diverged = 0;
  const readings = examinations(brief, lesson.spans).flatMap(({ train, test }, fold) => {
    if (samplesOfSpans(train) === 0 || samplesOfSpans(test) === 0) return [];
    startAfresh();
    try {
      teach(inFold(examinee, fold), { ...held, spans: train }, opened, {});
    } catch (error) {
      if (!(error instanceof NonFinite)) throw error;
      diverged++;
      return [];
    }
    return readingsOf(fold + 1, accuracyOn(cohort, slot, test, lookback));
  });
  cohort.loadState(slot, before);
  return [...readings, { quantity: 'validation-diverged', at: 0, value: diverged }];
}
