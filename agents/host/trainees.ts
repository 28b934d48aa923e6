import type { Learner } from '../learner.js';
import { sampleCount } from '../window.js';
import { mayAct, type State } from './state.js';

/** Who trains now: of those asked, pools where there are any, else every institution here that is up and has samples. */
export function trainees(state: State, asked: Uint8Array): Learner[] {
  if (state.brief.learning.localSteps === 0) return [];
  const pooled = state.learners.length > state.seats;
  const takesPart = (l: Learner, i: number): boolean =>
    pooled ? i >= state.seats : mayAct(state, i) && l.members[0]!.seat.role === 'own';
  return state.learners.filter(
    (l, i) => asked[i] && takesPart(l, i) && l.members.some((m) => sampleCount(m.window) > 0),
  );
}
