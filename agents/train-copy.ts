import { teach, type OpenRegime } from './curriculum.js';
import { reportOf, trainLearner, type Learner, type LocalRound } from './learner.js';
import type { Lesson, Pupil } from './lesson.js';
import { withShared } from './shared-part.js';

/** Draws of the own model's lesson are its own. */
const inPrivate = (pupil: Pupil): Pupil => ({
  ...pupil,
  streamFor: (purpose) => pupil.streamFor(`personal-${purpose}`),
});

/** Trains a copy of the federation's model, which the update comes from; the learner's own model is as it was. */
function trainCopy(learner: Learner, pupil: Pupil, lesson: Lesson, opened: readonly OpenRegime[]) {
  const { cohort, slot } = pupil;
  const own = cohort.saveState(slot);
  try {
    if (learner.copy) cohort.loadState(slot, learner.copy.model);
    cohort.setParameters(slot, withShared(learner.anchor, cohort.parameters(slot)));
    const { schooled, keepsakes } = teach(pupil, lesson, opened, learner.copy?.keepsakes ?? {});
    const report = reportOf(learner, pupil, lesson, schooled);
    learner.copy = { model: cohort.saveState(slot), keepsakes };
    return report;
  } finally {
    cohort.loadState(slot, own);
  }
}

/** Trains a learner's copy of the federation's model and then its own, which is pulled towards what the federation sent.
 * @source Li et al. 2021 (arXiv 2012.04221), algorithm 1
 */
export function trainTwice(
  learner: Learner,
  pupil: Pupil,
  lesson: Lesson,
  opened: readonly OpenRegime[],
  pull: number,
): LocalRound {
  const { penalties } = lesson;
  const { copy } = learner;
  const report = trainCopy(learner, pupil, lesson, opened);
  const global = withShared(learner.anchor, pupil.cohort.parameters(learner.slot));
  const proximal = { weight: pull + (penalties['proximal']?.weight ?? 0), inputs: { global } };
  const own = Object.fromEntries(Object.entries(penalties).filter(([name]) => name !== 'control'));
  const personal = { ...lesson, penalties: { ...own, proximal } };
  try {
    const { readings } = trainLearner(learner, inPrivate(pupil), personal, opened);
    return { ...report, readings };
  } catch (failure) {
    learner.copy = copy;
    throw failure;
  }
}
