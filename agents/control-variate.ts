import type { Brief } from '../core/protocol.js';
import type { Learner } from './learner.js';
import { lessonSamples, type Lesson, type Pupil } from './lesson.js';
import { lossSlope } from './models/training-options.js';
import { laidOut } from './samples.js';
import { withShared } from './shared-part.js';

/** What corrects a learner's gradients: c − c_i; a variate that was never set is 0, as is that of what stays at home. */
export const correctionOf = ({ control, ownControl }: Learner, parameters: number): Float32Array =>
  Float32Array.from({ length: parameters }, (_, j) => (control[j] ?? 0) - (ownControl[j] ?? 0));

/** As many samples as a round's steps see, drawn with replacement, whole groups at a time. */
function drawn(pupil: Pupil, lesson: Lesson, most: number) {
  const samples = lessonSamples(lesson, pupil, pupil.lookback);
  const together = pupil.cohort.rowsPerSample;
  const stream = pupil.streamFor('control-variate');
  const groups = Math.max(1, Math.ceil(most / together));
  const firsts = Array.from({ length: groups }, () => stream.integer(samples.count / together) * together);
  const gather = (i: number, into: Float32Array, at: number): number =>
    samples.gather(firsts[Math.floor(i / together)]! + (i % together), into, at);
  return laidOut({ count: groups * together, gather }, pupil.lookback * lesson.spans[0]!.window.width);
}

/** Gradient of a learner's mean loss at given parameters; its model is as it was afterwards. */
function gradientAt(brief: Brief, learner: Learner, pupil: Pupil, lesson: Lesson): Float32Array {
  const { cohort, slot } = pupil;
  const { localSteps, batchSize } = brief.learning;
  const { inputs, targets } = drawn(pupil, lesson, localSteps * batchSize);
  const slope = lossSlope(brief.architectures[learner.architecture]!);
  const trained = cohort.parameters(slot);
  cohort.setParameters(slot, withShared(learner.anchor, trained));
  const { mean } = cohort.forecast(slot, inputs, targets.length);
  const cotangent = mean.map((f, i) => slope(f - targets[i]!) / targets.length);
  const { parameters } = cohort.pullBack!(slot, inputs, cotangent);
  cohort.setParameters(slot, trained);
  return parameters.slice(0, learner.anchor.length);
}

/** Renews a learner's control variate, and how it changed: c_i becomes its gradient at the round's model.
 * @source Karimireddy et al. 2020 (arXiv 1910.06378), option I
 * @pitfall option II reads the gradient off the local path, which holds for plain gradient descent only
 */
export function renewControl(brief: Brief, learner: Learner, pupil: Pupil, lesson: Lesson): Float32Array {
  const before = learner.ownControl;
  learner.ownControl = gradientAt(brief, learner, pupil, lesson);
  return learner.ownControl.map((c, j) => c - (before[j] ?? 0));
}
