import { exp } from '../../core/numeric.js';
import type { Decide, Decisions, Probe, ProbeReply } from '../../core/protocol.js';
import { stream } from '../../core/random.js';
import { StrategyFailed } from '../allocation/strategy-failed.js';
import { Holds, ordersOf, type OwnBook } from '../decide.js';
import type { Learner } from '../learner.js';
import { keepForecast, todaysRows } from '../mind.js';
import { lookbackOf, longestLookback } from '../models/lookback.js';
import { probesFor } from '../probes.js';
import { sampleCount } from '../window.js';
import { mayAct, type State } from './state.js';

/** Whether a mind has learned enough to act on its forecasts. */
const prepared = ({ brief }: State, learner: Learner): boolean =>
  brief.learning.localSteps > 0 &&
  learner.trained &&
  sampleCount(learner.members[0]!.window) >= brief.learning.minSamples;

function ownBook(state: State, i: number): OwnBook {
  const { observed, brief } = state;
  const k = brief.assets.length;
  return {
    cash: observed!.cash[i]!,
    assetsUsd: observed!.assetsUsd[i]!,
    equityUsd: observed!.equityUsd[i]!,
    units: observed!.units.subarray(i * k, (i + 1) * k),
    prices: observed!.logPrices.map(exp),
  };
}

/** What each institution here expects and wants to trade. */
export function decide(state: State, message: Decide): Decisions {
  const assets = state.brief.assets.length;
  const cells = state.seats * assets;
  const orders = new Float64Array(cells);
  const mean = new Float32Array(cells);
  const stdDev = new Float32Array(cells).fill(1);
  const acted = new Uint8Array(state.seats);
  const held: { id: string; reason: string }[] = [];
  state.minds.forEach((mind, i) => {
    if (mind.seat.role !== 'own' || !mayAct(state, i)) return;
    const row = i * assets;
    const learner = state.learners[i]!;
    if (prepared(state, learner)) {
      const lookback = lookbackOf(state.brief.architectures[learner.architecture]!);
      const rows = todaysRows(mind, lookback);
      const forecast = state.cohorts[learner.architecture]!.forecast(learner.slot, rows, assets);
      mean.set(forecast.mean, row);
      stdDev.set(forecast.stdDev, row);
      keepForecast(mind, forecast.mean);
      acted[i] = 1;
    }
    try {
      const random = stream({
        seed: state.brief.seed,
        purpose: 'decision',
        entity: mind.seat.id,
        day: message.day,
      });
      const situation = {
        brief: state.brief,
        book: ownBook(state, i),
        common: state.common,
        stream: random,
        mean: mean.subarray(row, row + assets),
        stdDev: stdDev.subarray(row, row + assets),
      };
      orders.set(ordersOf(mind, situation), row);
    } catch (error) {
      if (!(error instanceof StrategyFailed || error instanceof Holds)) throw error;
      held.push({ id: mind.seat.id, reason: error.message });
    }
  });
  return { type: 'decisions', day: message.day, orders, mean, stdDev, acted, held };
}

/** Forecasts on public inputs. */
export function probe(state: State, message: Probe): ProbeReply {
  const { brief, layout, cohorts } = state;
  const rows = message.inputs.length / (layout.width * longestLookback(brief.architectures));
  const forecasts = new Float32Array(state.seats * rows);
  const inputs = cohorts.map((cohort, a) => probesFor(brief, cohort, a, message.inputs, rows));
  for (let i = 0; i < state.seats; i++) {
    const learner = state.learners[i]!;
    const { mean } = cohorts[learner.architecture]!.forecast(learner.slot, ...inputs[learner.architecture]!);
    forecasts.set(mean.subarray(0, rows), i * rows);
  }
  return { type: 'probe-reply', forecasts };
}
