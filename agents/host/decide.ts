import { exp } from '../../core/numeric.js';
import type { Decide, Decisions, Probe, ProbeReply } from '../../core/protocol.js';
import { stream } from '../../core/random.js';
import { kernelWidth, representationKernel } from '../../core/representation-kernel.js';
import { StrategyFailed } from '../allocation/strategy-failed.js';
import { forecastDeployed } from '../curriculum.js';
import { Holds, ordersOf, type OwnBook } from '../decide.js';
import type { Learner } from '../learner.js';
import { keepForecast, todaysRows, viewToday } from '../mind.js';
import { lookbackOf, longestLookback } from '../models/lookback.js';
import { probesFor } from '../probes.js';
import { sampleCount } from '../window.js';
import { inTheNameOf } from './in-the-name-of.js';
import { mayAct, type State } from './state.js';

/** Whether a mind has learned enough to act on its forecasts. */
const prepared = ({ brief }: State, learner: Learner): boolean =>
  brief.learning.localSteps > 0 &&
  learner.trained &&
  sampleCount(learner.members[0]!.window) >= brief.learning.minSamples;

function ownBook(state: State, prices: Float64Array, i: number): OwnBook {
  const { observed, brief } = state;
  const k = brief.assets.length;
  return {
    cash: observed!.cash[i]!,
    assetsUsd: observed!.assetsUsd[i]!,
    equityUsd: observed!.equityUsd[i]!,
    leverageCap: observed!.leverageCap[i]!,
    units: observed!.units.subarray(i * k, (i + 1) * k),
    prices,
    atLoss: observed!.atLoss.subarray(i * k, (i + 1) * k),
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
  const prices = state.observed!.logPrices.map(exp);
  state.minds.forEach((mind, i) => {
    if (mind.seat.role !== 'own' || !mayAct(state, i)) return;
    const row = i * assets;
    const learner = state.learners[i]!;
    if (prepared(state, learner)) {
      const lookback = lookbackOf(state.brief.architectures[learner.architecture]!);
      const rows = todaysRows(mind, lookback);
      const cohort = state.cohorts[learner.architecture]!;
      const forecast = inTheNameOf(learner.id, () =>
        forecastDeployed(state.regimes, cohort, learner.slot, rows, assets),
      );
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
        day: message.day,
        book: ownBook(state, prices, i),
        common: state.common,
        stream: random,
        mean: viewToday(mind, mean.subarray(row, row + assets)),
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

/** Forecasts on public inputs, and what hidden representations of them are like. */
export function probe(state: State, message: Probe): ProbeReply {
  const { brief, layout, cohorts } = state;
  const rows = message.inputs.length / (layout.width * longestLookback(brief.architectures));
  const forecasts = new Float32Array(state.seats * rows);
  const kernels = new Float32Array(state.seats * kernelWidth(rows));
  const inputs = cohorts.map((cohort, a) => probesFor(brief, cohort, a, message.inputs, rows));
  for (let i = 0; i < state.seats; i++) {
    const learner = state.learners[i]!;
    const a = learner.architecture;
    const cohort = cohorts[a]!;
    const made = inTheNameOf(learner.id, () =>
      forecastDeployed(state.regimes, cohort, learner.slot, ...inputs[a]!),
    );
    forecasts.set(made.mean.subarray(0, rows), i * rows);
    const representation = made.representation?.subarray(0, rows * cohort.representationWidth);
    kernels.set(representationKernel(representation, rows), i * kernelWidth(rows));
  }
  return { type: 'probe-reply', forecasts, kernels };
}
