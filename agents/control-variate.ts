import type { Brief } from '../core/protocol.js';
import type { Learner } from './learner.js';
import { lessonSamples, type Lesson, type Pupil } from './lesson.js';
import { lossSlope } from './models/training-options.js';
import { laidOut } from './samples.js';
import { withShared } from './shared-part.js';

/** What corrects a learner's gradients: c − c_i; a variate that was never set is 0, as is that of what stays at home. */
export const correctionOf = ({ control, ownControl }: Learner, parameters: number): Float32Array =>
  Float32Array.from({ length: parameters }, (_, j) => (control[j] ?? 0) - (ownControl[j] ?? 0));

/** Numbers of inputs that lie ready at a time: as many as one program can read. */
const STAGED = 2 ** 24;

/** Samples drawn with replacement, whole groups at a time, some ready at a time. */
function* drawn(pupil: Pupil, lesson: Lesson, groups: number): Generator<ReturnType<typeof laidOut>> {
  const samples = lessonSamples(lesson, pupil, pupil.lookback);
  const together = pupil.cohort.rowsPerSample;
  const width = pupil.lookback * lesson.spans[0]!.window.width;
  const stream = pupil.streamFor('control-variate');
  const atATime = Math.max(1, Math.floor(STAGED / (together * width)));
  for (let before = 0; before < groups; before += atATime) {
    const firsts = Array.from(
      { length: Math.min(atATime, groups - before) },
      () => stream.integer(samples.count / together) * together,
    );
    const gather = (i: number, into: Float32Array, at: number): number =>
      samples.gather(firsts[Math.floor(i / together)]! + (i % together), into, at);
    yield laidOut({ count: firsts.length * together, gather }, width);
  }
}

/** Gradient of a learner's mean loss at given parameters, on as many samples as a round's steps see; its model is as it
 * was afterwards. What does not lie ready at a time is summed in float64, in the order of the draws. */
function gradientAt(brief: Brief, learner: Learner, pupil: Pupil, lesson: Lesson): Float32Array {
  const { cohort, slot } = pupil;
  const { localSteps, batchSize } = brief.learning;
  const groups = Math.max(1, Math.ceil((localSteps * batchSize) / cohort.rowsPerSample));
  const count = groups * cohort.rowsPerSample;
  const slope = lossSlope(brief.architectures[learner.architecture]!);
  const trained = cohort.parameters(slot);
  cohort.setParameters(slot, withShared(learner.anchor, trained));
  let sum: Float64Array | undefined;
  for (const { inputs, targets } of drawn(pupil, lesson, groups)) {
    const { mean } = cohort.forecast(slot, inputs, targets.length);
    const cotangent = mean.map((f, i) => slope(f - targets[i]!) / count);
    const { parameters } = cohort.pullBack!(slot, inputs, cotangent);
    sum = sum ? sum.map((s, j) => s + parameters[j]!) : Float64Array.from(parameters);
  }
  cohort.setParameters(slot, trained);
  return Float32Array.from(sum!.subarray(0, learner.anchor.length));
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
