import type { Done, Observe } from '../../core/protocol.js';
import { observeReturns } from '../allocation/risk-model.js';
import { exp, expm1 } from '../../core/numeric.js';
import { passDay } from '../desk.js';
import { mixIn } from '../learner.js';
import { forget, learnReturns, look } from '../mind.js';
import { begin, done, type State } from './state.js';

/** Entrants, changes of architecture, and models that came while away. */
function settle(state: State, message: Observe, before: Observe | undefined, i: number): void {
  const learner = state.learners[i]!;
  const entered = message.generation[i] !== (before?.generation[i] ?? 0);
  const moved = message.architecture[i] !== learner.architecture;
  if (entered) {
    forget(state.minds[i]!, state.brief);
    learner.spent = new Float64Array(0);
  }
  learner.architecture = message.architecture[i]!;
  if (moved) {
    learner.anchor = state.initial[learner.architecture]!;
    learner.control = new Float32Array(0);
  }
  if (entered || moved) {
    begin(state.brief, state.cohorts, learner, `${learner.id}#${message.generation[i]!}`);
    learner.retrains = moved && !entered;
  }
  if (message.online[i] && learner.owed !== undefined)
    mixIn(learner, state.cohorts[learner.architecture]!, learner.anchor, learner.owed);
}

/** Which labels of a seat arrive with their sign turned; undefined where none in the message do. */
const labelsOf = ({ flipped }: Observe, assets: number, i: number): Uint8Array | undefined =>
  flipped.length === 0 ? undefined : flipped.subarray(i * assets, (i + 1) * assets);

/** What a seat's tradable book returned yesterday, as a share of what it was worth before. */
function gainOf(before: Observe, seat: number, logPrices: Float64Array, returns: Float64Array): number {
  const assets = returns.length;
  let [wealth, gain] = [before.cash[seat]!, 0];
  for (let k = 0; k < assets; k++) {
    const units = before.units[seat * assets + k]!;
    if (units === 0) continue;
    const value = units * exp(logPrices[k]!);
    wealth += value;
    gain += value * expm1(returns[k]!);
  }
  return wealth > 0 ? gain / wealth : 0;
}

/** Yesterday's returns, today's sources, and each seat's own book. */
export function observe(state: State, message: Observe): Done {
  const { minds, brief, lastLogPrices, observed } = state;
  const block = brief.sources.length * brief.assets.length;
  const returns = lastLogPrices && message.logPrices.map((p, k) => p - lastLogPrices[k]!);
  if (returns) observeReturns(state.common, returns);
  minds.forEach((mind, i) => {
    if (returns) {
      learnReturns(mind, returns, labelsOf(message, brief.assets.length, i));
      passDay(mind.desk, gainOf(observed!, i, lastLogPrices, returns), message.volume);
    }
    settle(state, message, observed, i);
    look(mind, message.sources.subarray(i * block, (i + 1) * block));
  });
  state.lastLogPrices = message.logPrices;
  state.observed = message;
  return done;
}
