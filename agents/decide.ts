import type { Brief } from '../core/protocol.js';
import { overlay } from './allocation/overlay.js';
import { activeLimits } from './allocation/overlay/active-limits.js';
import { leverageCap } from './allocation/overlay/leverage-cap.js';
import { overlays, type OverlayName } from './allocation/overlay/index.js';
import type { OverlayRule } from './allocation/overlay/rule.js';
import { slicings, type Slicing, type SlicingName } from './allocation/execution/index.js';
import { triggers, type TriggerName } from './allocation/rebalancing/index.js';
import { positionLimits } from './allocation/overlay/position-limits.js';
import { turnoverBudget } from './allocation/overlay/turnover-budget.js';
import { volatilityTarget } from './allocation/overlay/volatility-target.js';
import type { RiskModel } from './allocation/risk-model.js';
import { strategies } from './allocation/index.js';
import type { Strategy } from './allocation/strategy.js';
import type { Stream } from '../core/random.js';
import { tabulate, uint8 } from '../core/slab.js';
import { beliefs } from './beliefs.js';
import { drawdown, wealthRatio } from './desk.js';
import { harvestLosses } from './harvest.js';
import { recentReturns } from './memory.js';
import { horizonVolatility, type Mind } from './mind.js';

/** What an institution holds when it decides. */
export interface OwnBook {
  readonly cash: number;
  readonly assetsUsd: number;
  readonly equityUsd: number;
  /** Assets over equity above which it may not buy. */
  readonly leverageCap: number;
  readonly units: Float64Array;
  readonly prices: Float64Array;
  /** Units that would be sold at a loss to be harvested (k); empty where nobody harvests. */
  readonly atLoss: Float64Array;
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

/** Holdings plus net cash: what the strategy has to invest. */
function tradable({ cash, units, prices }: OwnBook): number {
  let sum = cash;
  for (let k = 0; k < units.length; k++) sum += units[k]! * prices[k]!;
  return sum;
}

/** Gross weight at which assets over equity of the whole balance sheet reach the cap. */
function grossCap(book: OwnBook, wealth: number): number {
  const { units, prices } = book;
  let held = Math.max(0, book.cash);
  for (let k = 0; k < units.length; k++) held += Math.max(0, units[k]!) * prices[k]!;
  const elsewhere = book.assetsUsd - held;
  return Math.max(0, (book.leverageCap * book.equityUsd - elsewhere) / wealth);
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
  return tabulate(k, (i) => {
    let equilibrium = 0;
    for (let j = 0; j < k; j++) equilibrium += covariance[i * k + j]! * invested[j]!;
    return (
      mind.seat.riskAversion * equilibrium + brief.decide.confidence * mean[i]! * horizonVolatility(mind, i)
    );
  });
}

const ruleOf = ({ rule }: { readonly rule: string }): OverlayRule => overlays[rule as OverlayName];

/** What the benchmark holds, less what a rule excludes. */
function permittedTo({ seat }: Mind, { assets }: Brief): Uint8Array {
  const permitted = uint8(seat.benchmark.length);
  seat.benchmark.forEach((b, k) => (permitted[k] = b > 0 ? 1 : 0));
  for (const chosen of seat.overlay)
    ruleOf(chosen)
      .permits?.(chosen, assets)
      .forEach((allowed, k) => (permitted[k]! &= allowed));
  return permitted;
}

/** What is invested without a view: the benchmark, spread over what may be held where a rule excludes part of it. */
function benchmarkOf({ seat }: Mind, permitted: Uint8Array): Float64Array {
  const k = seat.benchmark.length;
  const invested = tabulate(k, (i) => seat.benchmark[i]! * seat.investedShare);
  const allowed = tabulate(k, (i) => invested[i]! * permitted[i]!);
  const [all, left] = [sumOf(invested), sumOf(allowed)];
  if (left === all) return invested;
  if (left === 0) throw new Holds('its rules exclude all that its benchmark holds');
  return tabulate(k, (i) => (allowed[i]! * all) / left);
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
    ...mind.seat.overlay.map((chosen) => ruleOf(chosen).limit(chosen, brief.assets)),
    leverageCap(grossCap(book, wealth)),
    turnoverBudget(budget / brief.decide.trade),
  ]);
}

/** What it takes to decide, beside the mind itself. */
export interface Situation {
  readonly brief: Brief;
  readonly day: number;
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
  const permitted = permittedTo(mind, brief);
  const invested = benchmarkOf(mind, permitted);
  const k = invested.length;
  const daily = beliefs(mind, situation.common, brief.homogeneity.risk);
  if (daily === undefined) return invested;
  const covariance = tabulate(k * k, (i) => daily[i]! * horizon);
  const previousWeights = tabulate(k, (i) => (book.units[i]! * book.prices[i]!) / wealth);
  const strategy: Strategy = strategies[seat.strategy.name as keyof typeof strategies];
  const weights = strategy.allocate(
    {
      expectedReturns: expectedReturns(mind, brief, covariance, invested, situation.mean),
      scores: tabulate(k, (i) => situation.mean[i]!),
      uncertainty: tabulate(k, (i) => situation.stdDev[i]! * horizonVolatility(mind, i)),
      covariance,
      riskAversion: seat.riskAversion,
      previousWeights,
      benchmark: invested,
      permitted,
      floor: tabulate(k, (i) => invested[i]! * (1 - seat.activeLimit)),
      ceiling: tabulate(k, (i) => Math.min(seat.positionLimit, invested[i]! * (1 + seat.activeLimit))),
      leverage: sumOf(invested),
      wealthRatio: wealthRatio(mind.desk),
      ...(strategy.remembers !== undefined && { history: recentReturns(mind.memory, strategy.remembers) }),
      stream: situation.stream,
    },
    seat.strategy,
  );
  return limits(
    mind,
    brief,
    book,
    wealth,
    invested,
  )(weights, {
    covariance: daily,
    previousWeights,
    permitted,
    volatility: { fast: mind.memory.fast.map(Math.sqrt), slow: mind.memory.slow.map(Math.sqrt) },
    drawdown: (days) => drawdown(mind.desk, days),
    tradingCosts: Float64Array.from(brief.assets, (asset) => asset.halfSpread),
  });
}

/** Thrown where an institution cannot decide; it then holds, and the reason is recorded. */
export class Holds extends Error {}

/** Signed units to trade: what the strategy wants, and what the harvesting of losses makes of it. */
export function ordersOf(mind: Mind, situation: Situation): Float64Array {
  const orders = strategyOrders(mind, situation);
  if (!mind.seat.harvesting) return orders;
  const { book, brief, common, day } = situation;
  const covariance = beliefs(mind, common, brief.homogeneity.risk);
  if (covariance === undefined) return orders;
  const permitted = permittedTo(mind, brief);
  const { washSaleDays } = brief;
  return harvestLosses(
    mind,
    { ...book, day, washSaleDays, permitted, covariance, wealth: tradable(book) },
    orders,
  );
}

/** What the strategy wants: on a rebalancing day the way to the target, whole or in parts; between them what is left.
 * @formula trade · (w W / p − q), W = cash + Σ q p; or, sliced, a share of what an order still lacks */
function strategyOrders(mind: Mind, situation: Situation): Float64Array {
  const { book, brief, day } = situation;
  const { desk, seat } = mind;
  if (desk.order) return nextSlice(mind);
  const wealth = tradable(book);
  if (wealth <= 0) throw new Holds('its tradable book is not worth more than its margin debt');
  let wanted: Float64Array | undefined;
  const target = (): Float64Array => (wanted ??= targetWeights(mind, situation, wealth));
  const { units: own, prices } = book;
  const held = tabulate(own.length, (k) => (own[k]! * prices[k]!) / wealth);
  const daysSince = desk.lastDay === 0 ? Infinity : day - desk.lastDay;
  const { due } = triggers[seat.rebalancing.trigger as TriggerName];
  if (!due(seat.rebalancing, { daysSince, held, lastTarget: desk.lastTarget, target }))
    return new Float64Array(held.length);
  const weights = target();
  desk.lastDay = day;
  // A copy: the desk outlives the day.
  desk.lastTarget = weights.slice();
  const way = (k: number): number => (weights[k]! * wealth) / prices[k]! - own[k]!;
  if (slicingOf(mind) === undefined) return tabulate(own.length, (k) => brief.decide.trade * way(k));
  desk.order = { left: weights.map((_, k) => way(k)), done: 0 };
  return nextSlice(mind);
}

/** How the seat's orders are sliced; undefined where each day goes part of the way to a target of its own. */
const slicingOf = ({ seat }: Mind): Slicing | undefined => slicings[seat.execution.slicing as SlicingName];

function nextSlice(mind: Mind): Float64Array {
  const { desk, seat, memory } = mind;
  const order = desk.order!;
  const { slice, days } = slicingOf(mind)!;
  const shares = slice(seat.execution, {
    done: order.done,
    volume: desk.volume,
    averageVolume: desk.averageVolume,
    volatility: memory.slow.map(Math.sqrt),
  });
  const units = order.left.map((left, k) => left * shares[k]!);
  const left = order.left.map((all, k) => all - units[k]!);
  const done = order.done + 1;
  desk.order = done >= days(seat.execution) ? undefined : { left, done };
  return units;
}
