import { concatenated, concatenatedBytes } from '../../core/concatenated.js';
import type { Train, Updates } from '../../core/protocol.js';
import { skillWidth } from '../../core/skill.js';
import { resit } from '../assessment/forgetting.js';
import { isExamined, validate } from '../assessment/validation.js';
import { renewControl } from '../control-variate.js';
import { digestOf, trainAgreed } from '../digest.js';
import { BudgetSpent } from '../example-privacy.js';
import { lessonOf, pupilOf, trainLearner, type Learner, type LocalRound } from '../learner.js';
import { NonFinite } from '../learning/non-finite.js';
import type { Lesson, Pupil } from '../lesson.js';
import { penaltiesOf } from '../penalties.js';
import { pullOf } from '../personalisation/index.js';
import type { Reading } from '../regimes/regime.js';
import { partsShown, shown } from '../shown.js';
import { trainTwice } from '../train-copy.js';
import { CannotHide } from '../secure-aggregation.js';
import { fit } from '../yardstick.js';
import { inTheNameOf } from './in-the-name-of.js';
import { outgoing, type Outgoing } from './outgoing.js';
import { startAfresh, type State } from './state.js';
import { trainees } from './trainees.js';

/** The assessments that are due: how an architecture does out of sample, and what the learner has forgotten. */
function assess(state: State, learner: Learner, pupil: Pupil, lesson: Lesson): Reading[] {
  const { brief, cohorts, regimes } = state;
  const { forgetting } = brief.learning;
  const readings = isExamined(brief, learner.id, pupil.round)
    ? validate(brief, pupil, lesson, regimes, () => startAfresh(brief, cohorts, learner, learner.id))
    : [];
  if (forgetting.everyRounds === 0 || (pupil.round - 1) % forgetting.everyRounds !== 0) return readings;
  const sat = resit(pupil, learner.exams, lesson.spans, forgetting, state.observed!.day - brief.horizon);
  learner.exams = sat.exams;
  return [...readings, ...sat.readings];
}

/** A local round, and how the learner's control variate changed in it. */
interface ReportedRound extends LocalRound, Outgoing {
  readonly control: Float32Array;
}

const nothing = new Float32Array(0);

/** A local round in the way that the scenario's federation asks for.
 * @throws {BudgetSpent} where its steps would break the learner's privacy budget */
function trainAs(
  { brief, regimes, accountant }: State,
  learner: Learner,
  pupil: Pupil,
  lesson: Lesson,
  { probes }: Train,
): LocalRound {
  const pull = pullOf(brief);
  const digest = digestOf(brief, learner, pupil, probes);
  const steps = lesson.steps * (pull === undefined ? 1 : 2) + (digest?.steps ?? 0);
  accountant?.charge(learner, pupil, lesson, steps);
  if (pull !== undefined) return trainTwice(learner, pupil, lesson, regimes, pull);
  return digest
    ? trainAgreed(learner, pupil, lesson, regimes, digest)
    : trainLearner(learner, pupil, lesson, regimes);
}

function trainOne(state: State, learner: Learner, message: Train): ReportedRound {
  const { brief, cohorts, regimes } = state;
  const cohort = cohorts[learner.architecture]!;
  const { probes } = message;
  const exhibit = { brief, learner, cohort, regimes, probes };
  const showing = { shows: () => shown(exhibit), parts: partsShown(exhibit) };
  const pupil = pupilOf(brief, learner, cohort, message.round, showing);
  const lesson = lessonOf(brief, learner, penaltiesOf(brief, learner, cohort, message), message.round);
  const round = trainAs(state, learner, pupil, lesson, message);
  const control = lesson.penalties['control'] ? renewControl(brief, learner, pupil, lesson) : nothing;
  const sent = outgoing(state, learner, round, message, state.learners.indexOf(learner));
  const readings = [...round.readings, ...assess(state, learner, pupil, lesson)];
  return { ...round, ...sent, control, readings };
}

/** Local training of everyone here who takes part in the round. */
export function train(state: State, message: Train): Updates {
  const rounds: ({ learner: Learner } & ReportedRound)[] = [];
  const satOut: { id: string; reason: string }[] = [];
  const refused = new Set<Learner>();
  const asked = trainees(state, message.asked);
  for (const learner of asked) {
    try {
      rounds.push({ learner, ...inTheNameOf(learner.id, () => trainOne(state, learner, message)) });
    } catch (error) {
      if (error instanceof BudgetSpent) refused.add(learner);
      else if (error instanceof NonFinite || error instanceof CannotHide)
        satOut.push({ id: learner.id, reason: error.message });
      else throw error;
    }
  }
  return {
    type: 'updates',
    round: message.round,
    learners: rounds.map((r) => r.learner.id),
    architecture: Int32Array.from(rounds, (r) => r.learner.architecture),
    examples: Int32Array.from(rounds, (r) => r.examples),
    loss: Float64Array.from(rounds, (r) => r.loss),
    localSteps: Int32Array.from(rounds, (r) => r.localSteps),
    deltas: concatenated(rounds.map((r) => r.delta)),
    controls: concatenated(rounds.map((r) => r.control)),
    within: Float64Array.from(rounds.flatMap((r) => r.within ?? [])),
    packed: concatenatedBytes(rounds.flatMap((r) => r.packed ?? [])),
    packedSizes: Int32Array.from(rounds.flatMap((r) => r.packed?.length ?? [])),
    masked: Int32Array.from(rounds.flatMap((r) => Array.from(r.masked))),
    accounts: accountsOf(state, asked, refused),
    satOut,
    skill: reportSkill(state),
    ...reported(rounds),
  };
}

/** What training has spent of each learner's privacy, and whose budget did not pay for the round. */
const accountsOf = ({ accountant }: State, asked: readonly Learner[], refused: ReadonlySet<Learner>) =>
  asked.flatMap((learner) =>
    accountant
      ? [{ id: learner.id, epsilon: accountant.spentBy(learner), refused: refused.has(learner) }]
      : [],
  );

/** What training reported of each learner; what is undefined is not reported. */
function reported(
  rounds: readonly { readonly learner: Learner; readonly readings: readonly Reading[] }[],
): Pick<Updates, 'readings' | 'readingValues'> {
  const all = rounds.flatMap(({ learner, readings }) =>
    readings
      .filter(({ value }) => Number.isFinite(value))
      .map(({ quantity, at, value }) => ({ id: learner.id, quantity, at, value })),
  );
  return {
    readings: all.map(({ id, quantity, at }) => ({ id, quantity, at })),
    readingValues: Float64Array.from(all, ({ value }) => value),
  };
}

/** Matured forecasts since the last round, by seat; fits the yardsticks anew. */
function reportSkill({ minds }: State): Float64Array {
  const skill = new Float64Array(minds.length * skillWidth);
  minds.forEach((mind, i) => {
    if (mind.seat.role === 'own') skill.set(mind.skill, i * skillWidth);
    mind.skill.fill(0);
    if (mind.yardstick) fit(mind.yardstick);
  });
  return skill;
}
