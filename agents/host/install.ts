import type { Done, Install } from '../../core/protocol.js';
import { mixIn } from '../learner.js';
import { done, mayAct, type State } from './state.js';

/** The federations' models arrive. */
export function install(state: State, message: Install): Done {
  let at = 0;
  for (const { architecture, seats, mixing } of message.federations) {
    const size = state.initial[architecture]!.length;
    const model = message.parameters.slice(at, at + size);
    at += size;
    for (const i of seats) receive(state, i, model, mixing);
  }
  return done;
}

/** A learner that is away receives the model on its return. */
function receive(state: State, i: number, model: Float32Array, mixing: number): void {
  const learner = state.learners[i]!;
  if (i >= state.seats || mayAct(state, i))
    mixIn(learner, state.cohorts[learner.architecture]!, model, mixing);
  else [learner.anchor, learner.owed] = [model, mixing];
}
