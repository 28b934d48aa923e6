import type { Done, Observe } from '../../core/protocol.js';
import { observeReturns } from '../allocation/risk-model.js';
import { mixIn } from '../learner.js';
import { forget, learnReturns, look } from '../mind.js';
import { begin, done, type State } from './state.js';

/** Entrants, changes of architecture, and models that came while away. */
function settle(state: State, message: Observe, before: Observe | undefined, i: number): void {
  const learner = state.learners[i]!;
  const entered = message.generation[i] !== (before?.generation[i] ?? 0);
  const moved = message.architecture[i] !== learner.architecture;
  if (entered) forget(state.minds[i]!, state.brief);
  learner.architecture = message.architecture[i]!;
  if (entered || moved) {
    learner.anchor = state.initial[learner.architecture]!;
    begin(state.brief, state.cohorts, learner, `${learner.id}#${message.generation[i]!}`);
  }
  if (message.online[i] && learner.owed !== undefined)
    mixIn(learner, state.cohorts[learner.architecture]!, learner.anchor, learner.owed);
}

/** Yesterday's returns, today's sources, and each seat's own book. */
export function observe(state: State, message: Observe): Done {
  const { minds, brief, lastLogPrices, observed } = state;
  const block = brief.sources.length * brief.assets.length;
  const returns = lastLogPrices && message.logPrices.map((p, k) => p - lastLogPrices[k]!);
  if (returns) observeReturns(state.common, returns);
  minds.forEach((mind, i) => {
    if (returns) learnReturns(mind, returns);
    settle(state, message, observed, i);
    look(mind, message.sources.subarray(i * block, (i + 1) * block));
  });
  state.lastLogPrices = message.logPrices;
  state.observed = message;
  return done;
}
