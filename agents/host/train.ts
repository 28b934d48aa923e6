import type { Train, Updates } from '../../core/protocol.js';
import { skillWidth } from '../../core/skill.js';
import { trainLearner, type Learner } from '../learner.js';
import { NonFinite } from '../learning/non-finite.js';
import { penaltiesOf } from '../penalties.js';
import { sampleCount } from '../window.js';
import { fit } from '../yardstick.js';
import { mayAct, type State } from './state.js';

/** Who trains now: pools where there are any, else every institution here that is up and has samples. */
function trainees(state: State): Learner[] {
  if (state.brief.learning.localSteps === 0) return [];
  const pools = state.learners.slice(state.seats);
  const own = state.learners.filter(
    (l, i) => i < state.seats && mayAct(state, i) && l.members[0]!.seat.role === 'own',
  );
  return (pools.length > 0 ? pools : own).filter((l) => l.members.some((m) => sampleCount(m.window) > 0));
}

/** Local training of everyone here who takes part in the round. */
export function train(state: State, message: Train): Updates {
  const rounds: { learner: Learner; examples: number; loss: number; delta: Float32Array }[] = [];
  const satOut: { id: string; reason: string }[] = [];
  for (const learner of trainees(state)) {
    const cohort = state.cohorts[learner.architecture]!;
    try {
      const penalties = penaltiesOf(state.brief, learner, cohort, message);
      rounds.push({ learner, ...trainLearner(state.brief, learner, cohort, message.round, penalties) });
    } catch (error) {
      if (!(error instanceof NonFinite)) throw error;
      satOut.push({ id: learner.id, reason: error.message });
    }
  }
  const deltas = new Float32Array(rounds.reduce((sum, r) => sum + r.delta.length, 0));
  rounds.reduce((at, r) => (deltas.set(r.delta, at), at + r.delta.length), 0);
  return {
    type: 'updates',
    round: message.round,
    learners: rounds.map((r) => r.learner.id),
    architecture: Int32Array.from(rounds, (r) => r.learner.architecture),
    examples: Int32Array.from(rounds, (r) => r.examples),
    loss: Float64Array.from(rounds, (r) => r.loss),
    deltas,
    satOut,
    skill: reportSkill(state),
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
