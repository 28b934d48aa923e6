import type { Brief, SeatBrief } from '../core/protocol.js';
import { addSkill, skillWidth } from '../core/skill.js';
import { observeReturns, riskModel, type RiskModel } from './allocation/risk-model.js';
import { strategies, type Strategy, type StrategyName } from './allocation/index.js';
import { estimatedOn, type Estimated } from './beliefs.js';
import { createBlend, judge, viewOf, type Blend } from './blend.js';
import { openDesk, type Desk } from './desk.js';
import { longestLag, writeFeatures, type FeatureLayout } from './features.js';
import { longestRead } from './curriculum.js';
import { change, createMemory, remember, slowVolatility, type Memory } from './memory.js';
import { createWindow, lookBack, mature, rowsOf, type Window } from './window.js';
import { addSample, createYardstick, leastSquaresForecast, type Yardstick } from './yardstick.js';

/** Targets and forecasts beyond this many standard deviations are clipped. */
const clip = 5;

/** One institution's memory of the world: prices, samples, risk. Its model's parameters live in its cohort. */
export interface Mind {
  readonly seat: SeatBrief;
  readonly subscribed: Uint8Array;
  readonly horizon: number;
  readonly layout: FeatureLayout;
  memory: Memory;
  window: Window;
  risk: RiskModel;
  /** The last covariance by the estimator that its seat names, where it names one. */
  estimate: Estimated | undefined;
  yardstick: Yardstick | undefined;
  desk: Desk;
  blend: Blend | undefined;
  /** Volatility behind the standardised targets that have not matured: horizon x assets. */
  readonly scale: Float64Array;
  /** Forecasts that have not matured, and whether there was one: horizon x assets. */
  readonly forecasts: Float32Array;
  readonly pending: Uint8Array;
  /** Sums of matured forecasts since they were last reported (core/skill.ts). */
  readonly skill: Float64Array;
}

type Fresh = Pick<Mind, 'memory' | 'window' | 'risk' | 'estimate' | 'yardstick' | 'desk' | 'blend'>;

/** Where a seat's view is its model's forecast alone, there is nothing to blend. */
function blendOf({ assets, sources, horizon }: Brief, { integration }: SeatBrief): Blend | undefined {
  const { halfLife } = integration;
  return typeof halfLife === 'number'
    ? createBlend(assets.length, sources.length, horizon, halfLife)
    : undefined;
}

/** Days of returns that a seat's strategy looks at. */
const remembers = ({ strategy }: SeatBrief): number => {
  const entry: Strategy = strategies[strategy.name as StrategyName];
  return entry.remembers ?? 0;
};

/** An empty memory: how a mind begins, and how an entrant takes over a seat. */
function fresh(brief: Brief, seat: SeatBrief, layout: FeatureLayout): Fresh {
  const assets = brief.assets.length;
  const volatility = brief.assets.map((a) => a.dailyVolatility);
  return {
    memory: createMemory(
      Math.max(longestLag, brief.horizon, remembers(seat), estimatedOn(seat)) + 1,
      volatility,
    ),
    desk: openDesk(seat, assets),
    blend: blendOf(brief, seat),
    window: createWindow(brief.learning.window + brief.horizon, assets, layout.width, longestRead(brief)),
    risk: riskModel(assets, seat.covarianceHalfLife),
    estimate: undefined,
    yardstick: seat.yardstick ? createYardstick(layout.width) : undefined,
  };
}

export function createMind(brief: Brief, seat: SeatBrief, layout: FeatureLayout): Mind {
  const cells = brief.horizon * brief.assets.length;
  return {
    seat,
    subscribed: Uint8Array.from(layout.sources, (name) => (seat.sources.includes(name) ? 1 : 0)),
    horizon: brief.horizon,
    layout,
    ...fresh(brief, seat, layout),
    scale: new Float64Array(cells),
    forecasts: new Float32Array(cells),
    pending: new Uint8Array(brief.horizon),
    skill: new Float64Array(skillWidth),
  };
}

/** An entrant has seen nothing. */
export function forget(mind: Mind, brief: Brief): void {
  Object.assign(mind, fresh(brief, mind.seat, mind.layout));
  mind.pending.fill(0);
}

/** Takes in a day's returns: prices move, risk is updated, the sample of `horizon` days ago matures.
 * @param flipped 1 for each asset whose training label arrives with its sign turned; skill is judged on the truth */
export function learnReturns(mind: Mind, returns: Float64Array, flipped?: Uint8Array): void {
  remember(mind.memory, returns);
  observeReturns(mind.risk, returns);
  if (mind.window.written - mind.window.matured >= mind.horizon) matureOldest(mind, flipped);
}

function matureOldest(
  { memory, window, horizon, scale, forecasts, pending, skill, yardstick, blend }: Mind,
  flipped: Uint8Array | undefined,
): void {
  const day = window.matured;
  const rows = rowsOf(window, day);
  const cell = (day % horizon) * memory.assets;
  const targets = new Float32Array(memory.assets);
  for (let k = 0; k < memory.assets; k++) {
    const standardised = change(memory, k, horizon) / scale[cell + k]!;
    const outcome = Math.max(-clip, Math.min(clip, standardised));
    const label = (targets[k] = flipped?.[k] ? -outcome : outcome);
    if (!yardstick) continue;
    const at = rows + k * window.width;
    if (pending[day % horizon]!)
      addSkill(skill, 0, forecasts[cell + k]!, outcome, leastSquaresForecast(yardstick, window.inputs, at));
    addSample(yardstick, window.inputs, at, label);
  }
  pending[day % horizon] = 0;
  if (blend) judge(blend, day % horizon, targets);
  mature(window, targets);
}

/** Writes the input rows of the coming day. */
export function look(mind: Mind, sources: Float32Array): void {
  const { memory, window, horizon, scale } = mind;
  const cell = (window.written % horizon) * memory.assets;
  for (let k = 0; k < memory.assets; k++) scale[cell + k] = slowVolatility(memory, k) * Math.sqrt(horizon);
  writeFeatures(mind.layout, memory, mind.subscribed, sources, window.inputs, rowsOf(window, window.written));
  mind.pending[window.written % horizon] = 0;
  if (mind.blend) mind.blend.today = sources.slice();
  window.written++;
}

/** What is read of every asset for the coming day. */
export function todaysRows({ window }: Mind, lookback: number): Float32Array {
  const today = window.written - 1;
  const { assets, width } = window;
  const from = rowsOf(window, today);
  if (lookback === 1) return window.inputs.subarray(from, from + assets * width);
  const rows = new Float32Array(assets * lookback * width);
  for (let k = 0; k < assets; k++) lookBack(window, today, k, lookback, rows, k * lookback * width);
  return rows;
}

/** Keeps a forecast until its outcome is known. */
export function keepForecast({ window, horizon, forecasts, pending }: Mind, mean: Float32Array): void {
  const row = (window.written - 1) % horizon;
  forecasts.set(mean, row * window.assets);
  pending[row] = 1;
}

/** Standard deviation of each asset's return over the horizon. */
export const horizonVolatility = ({ memory, horizon }: Mind, asset: number): number =>
  slowVolatility(memory, asset) * Math.sqrt(horizon);

/** What the institution takes for its view of the coming days: its model's forecast, or that among other signals. */
export function viewToday({ blend, window, horizon, memory }: Mind, model: Float32Array): Float32Array {
  return blend ? viewOf(blend, (window.written - 1) % horizon, horizon, memory, model) : model;
}
