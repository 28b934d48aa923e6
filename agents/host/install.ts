import type { Done, Install } from '../../core/protocol.js';
import { mixIn } from '../learner.js';
import { done, mayAct, type State } from './state.js';

/** The federations' models arrive. */
export function install(state: State, message: Install): Done {
  let at = 0;
  for (const { architecture, seats, mixing } of message.federations) {
    const size = state.initial[architecture]!.length;
    requireRoom(state, message, at + size, architecture, seats);
    const model = message.parameters.slice(at, at + size);
    const control = message.controls.slice(at, at + size);
    at += size;
    for (const i of seats) {
      state.learners[i]!.control = control;
      receive(state, i, model, mixing);
    }
  }
  return done;
}

/** A message that ends inside a model names whose it was, of which architecture, and in which tensor it ends. */
function requireRoom(
  { brief, learners, cohorts, initial }: State,
  { parameters }: Install,
  needed: number,
  architecture: number,
  seats: readonly number[],
): void {
  if (parameters.length >= needed) return;
  let left = parameters.length - (needed - initial[architecture]!.length);
  const tensors = brief.exchange.of === 'parameters' ? (cohorts[architecture]!.tensors ?? []) : [];
  const cut = tensors.find(({ rows, columns }) => (left -= rows * columns) < 0)?.name ?? brief.exchange.of;
  const whose = seats.map((i) => learners[i]!.id).join(', ');
  throw new RangeError(`${whose}: ${brief.architectures[architecture]!.name}: the model sent ends in ${cut}`);
}

/** A learner that is away receives the model on its return. */
function receive(state: State, i: number, model: Float32Array, mixing: number): void {
  const learner = state.learners[i]!;
  if (i >= state.seats || mayAct(state, i))
    mixIn(learner, state.cohorts[learner.architecture]!, model, mixing);
  else [learner.anchor, learner.owed] = [model, mixing];
}
