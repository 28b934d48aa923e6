import type { Brief } from '../core/protocol.js';
import { overlay } from './allocation/overlay.js';
import { activeLimits } from './allocation/overlay/active-limits.js';
import { leverageCap } from './allocation/overlay/leverage-cap.js';
import { positionLimits } from './allocation/overlay/position-limits.js';
import { turnoverBudget } from './allocation/overlay/turnover-budget.js';
import { volatilityTarget } from './allocation/overlay/volatility-target.js';
import { blendCovariance, covarianceOf, type RiskModel } from './allocation/risk-model.js';
import { strategies } from './allocation/index.js';
import type { Strategy } from './allocation/strategy.js';
import type { Stream } from '../core/random.js';
import { horizonVolatility, type Mind } from './mind.js';

/** What an institution holds when it decides. */
export interface OwnBook {
  readonly cash: number;
  readonly assetsUsd: number;
  readonly equityUsd: number;
  readonly units: Float64Array;
  readonly prices: Float64Array;
}

const sumOf = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);

/** Holdings plus net cash: what the strategy has to invest. */
const tradable = ({ cash, units, prices }: OwnBook): number =>
  units.reduce((sum, q, k) => sum + q * prices[k]!, cash);

/** Gross weight at which assets over equity of the whole balance sheet reach the cap. */
function grossCap(book: OwnBook, wealth: number, cap: number): number {
  const held = book.units.reduce(
    (sum, q, k) => sum + Math.max(0, q) * book.prices[k]!,
    Math.max(0, book.cash),
  );
  const elsewhere = book.assetsUsd - held;
  return Math.max(0, (cap * book.equityUsd - elsewhere) / wealth);
}

/** The institution's own risk model, drawn towards the common one as the scenario says. */
function beliefs(mind: Mind, common: RiskModel, share: number): Float64Array | undefined {
  const enough = 2 * mind.memory.assets;
  if (mind.risk.observations <= enough) return undefined;
  const own = covarianceOf(mind.risk, 1);
  return share > 0 && common.observations > enough
    ? blendCovariance(own, covarianceOf(common, 1), share)
    : own;
}

/** Returns in excess that make the benchmark optimal, plus the forecasts: Black and Litterman's equilibrium. */
function expectedReturns(
  mind: Mind,
  brief: Brief,
  covariance: Float64Array,
  invested: Float64Array,
  mean: Float32Array,
): Float64Array {
  const k = invested.length;
  return Float64Array.from({ length: k }, (_, i) => {
    let equilibrium = 0;
    for (let j = 0; j < k; j++) equilibrium += covariance[i * k + j]! * invested[j]!;
    return (
      mind.seat.riskAversion * equilibrium + brief.decide.confidence * mean[i]! * horizonVolatility(mind, i)
    );
  });
}

function limits(
  mind: Mind,
  brief: Brief,
  book: OwnBook,
  wealth: number,
  invested: Float64Array,
): ReturnType<typeof overlay> {
  const { volatilityTarget: target, activeLimit, positionLimit, turnoverBudget: budget } = mind.seat;
  return overlay([
    activeLimits(invested, activeLimit),
    positionLimits(positionLimit),
    ...(target === null ? [] : [volatilityTarget(target / Math.sqrt(252))]),
    leverageCap(grossCap(book, wealth, mind.seat.leverageCap)),
    turnoverBudget(budget / brief.decide.trade),
  ]);
}

/** What it takes to decide, beside the mind itself. */
export interface Situation {
  readonly brief: Brief;
  readonly book: OwnBook;
  readonly common: RiskModel;
  readonly stream: Stream;
  /** Standardised forecasts and their uncertainty; zeros where the model is not ready. */
  readonly mean: Float32Array;
  readonly stdDev: Float32Array;
}

/** Target weights as shares of the tradable book, after the overlay. */
export function targetWeights(mind: Mind, situation: Situation, wealth: number): Float64Array {
  const { brief, book } = situation;
  const { seat, horizon } = mind;
  const invested = Float64Array.from(seat.benchmark, (b) => b * seat.investedShare);
  const daily = beliefs(mind, situation.common, brief.homogeneity.risk);
  if (daily === undefined) return invested;
  const covariance = daily.map((value) => value * horizon);
  const previousWeights = book.units.map((q, k) => (q * book.prices[k]!) / wealth);
  const strategy: Strategy = strategies[seat.strategy.name as keyof typeof strategies];
  const weights = strategy.allocate(
    {
      expectedReturns: expectedReturns(mind, brief, covariance, invested, situation.mean),
      uncertainty: Float64Array.from(situation.stdDev, (s, k) => s * horizonVolatility(mind, k)),
      covariance,
      riskAversion: seat.riskAversion,
      previousWeights,
      benchmark: invested,
      permitted: Uint8Array.from(seat.benchmark, (b) => (b > 0 ? 1 : 0)),
      floor: invested.map((b) => b * (1 - seat.activeLimit)),
      ceiling: invested.map((b) => Math.min(seat.positionLimit, b * (1 + seat.activeLimit))),
      leverage: sumOf(invested),
      stream: situation.stream,
    },
    seat.strategy,
  );
  return limits(mind, brief, book, wealth, invested)(weights, { covariance: daily, previousWeights });
}

/** Thrown where an institution cannot decide; it then holds, and the reason is recorded. */
export class Holds extends Error {}

/** Signed units to trade: part of the way from what is held to the target.
 * @formula trade · (w W / p − q), W = cash + Σ q p */
export function ordersOf(mind: Mind, situation: Situation): Float64Array {
  const { book, brief } = situation;
  const wealth = tradable(book);
  if (wealth <= 0) throw new Holds('its tradable book is not worth more than its margin debt');
  const weights = targetWeights(mind, situation, wealth);
  return weights.map((w, k) => brief.decide.trade * ((w * wealth) / book.prices[k]! - book.units[k]!));
}
