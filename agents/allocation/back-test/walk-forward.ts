import type { Account, BackTest, BackTestDecision, PriceHistory } from '../../../core/back-test.js';
import { riskShares } from '../portfolio-risk.js';
import { StrategyFailed } from '../strategy-failed.js';
import { decide, type Decision } from './decide.js';
import { harvest, noHarvest, redirected, type Harvest } from './harvest.js';
import {
  grossOf,
  liquidationOf,
  netOf,
  openDay,
  openLedger,
  pricesAt,
  trade,
  type Ledger,
} from './ledger.js';
import { pastOf } from './past.js';
import type { BackTestPlan, NamedStrategy } from './plan.js';

/** An order on its way: units still to trade, and slices sent. */
interface Working {
  readonly left: Float64Array;
  done: number;
}

interface Walk {
  readonly history: PriceHistory;
  readonly plan: BackTestPlan;
  readonly strategy: NamedStrategy;
  readonly harvesting: boolean;
  readonly ledger: Ledger;
  readonly state: Harvest;
  readonly wealth: number[];
  readonly turnover: number[];
  readonly cost: number[];
  readonly weights: number[];
  readonly decisions: BackTestDecision[];
  readonly failures: { row: number; reason: string }[];
  lastRow: number;
  lastTarget: Float64Array;
  order: Working | undefined;
}

/** Weights at a row's close (k). */
function weightsOf(ledger: Ledger, prices: Float64Array): Float64Array {
  const wealth = grossOf(ledger, prices);
  return ledger.units.map((units, i) => (units === 0 ? 0 : (units * prices[i]!) / wealth));
}

/** Decides on the past of the day before; a strategy without an answer holds, and says why. */
function rebalance(walk: Walk, row: number): void {
  const { history, plan, strategy, ledger, failures } = walk;
  const held = weightsOf(ledger, pricesAt(history, row - 1));
  const standing = { row, held, wealth: walk.wealth.length === 0 ? [1] : walk.wealth };
  let decision: Decision | undefined;
  const answer = (): Decision =>
    (decision ??= decide(plan, strategy, history.assets, pastOf(history, row - 1, plan.lookback), standing));
  const daysSince = walk.lastRow < 0 ? Infinity : row - walk.lastRow;
  try {
    const situation = { daysSince, held, lastTarget: walk.lastTarget, target: () => answer().weights };
    if (!plan.rebalancing.entry.due(plan.rebalancing.options, situation)) return;
    const { weights, covariance } = answer();
    walk.decisions.push({ row, weights, riskShares: riskShares(weights, covariance) });
    walk.lastTarget = weights;
    walk.order = orderOf(walk, row, weights, held);
    // New targets say what is wanted: nothing stands in for anything any more.
    walk.state.swaps = [];
  } catch (error) {
    if (!(error instanceof StrategyFailed)) throw error;
    failures.push({ row, reason: error.reason });
  }
  walk.lastRow = row;
}

function orderOf(
  { history, plan, ledger, state, harvesting }: Walk,
  row: number,
  weights: Float64Array,
  before: Float64Array,
): Working {
  const prices = pricesAt(history, row);
  const wanted = harvesting
    ? redirected(history, plan, state, row, weights, weightsOf(ledger, prices))
    : weights;
  const wealth = grossOf(ledger, prices);
  const left = wanted.map((weight, i) => {
    // What was to be kept is kept, however its weight has moved since it was decided on.
    if (weight === before[i]) return 0;
    const units = weight === 0 ? 0 : (weight * wealth) / prices[i]!;
    return units - ledger.units[i]!;
  });
  return { left, done: 0 };
}

/** Sends the day's slice of what is being traded. */
function send(walk: Walk, row: number): void {
  const { history, plan, ledger, order } = walk;
  if (order === undefined) return;
  const { entry, options } = plan.slicing;
  const { volatility } = pastOf(history, row - 1, Math.min(plan.lookback, 60));
  const shares = entry.slice(options, {
    done: order.done,
    ...volumesAt(history, row),
    volatility: volatility.slow,
  });
  const prices = pricesAt(history, row);
  // Sales first: what they bring pays for purchases.
  for (const side of [-1, 1])
    order.left.forEach((left, i) => {
      if (Math.sign(left) !== side) return;
      const units = left * shares[i]!;
      trade(ledger, plan, i, units, prices[i]!, history.calendar[row]!);
      order.left[i] = left - units;
    });
  order.done++;
  if (order.done >= entry.days(options)) walk.order = undefined;
}

/** Volume of the day before, and its mean over a quarter. */
function volumesAt(
  { volumes, assets }: PriceHistory,
  row: number,
): { volume: Float64Array; averageVolume: Float64Array } {
  const k = assets.length;
  const averageVolume = new Float64Array(k);
  if (volumes === undefined) return { volume: new Float64Array(k), averageVolume };
  const from = Math.max(0, row - 63);
  for (let t = from; t < row; t++)
    for (let i = 0; i < k; i++) averageVolume[i]! += volumes[t * k + i]! / (row - from);
  return { volume: volumes.slice((row - 1) * k, row * k), averageVolume };
}

function close(walk: Walk, row: number): void {
  const { history, plan, ledger } = walk;
  const prices = pricesAt(history, row);
  const wealth = netOf(ledger, prices, plan);
  walk.wealth.push(wealth);
  walk.turnover.push(ledger.traded / 2 / wealth);
  walk.cost.push(ledger.cost / wealth);
  for (const weight of weightsOf(ledger, prices)) walk.weights.push(weight);
}

/** An account that owes more than it has is closed at nothing. */
function standStill({ ledger, wealth, turnover, cost, weights, failures }: Walk, row: number): void {
  if (ledger.units.some((units) => units !== 0)) failures.push({ row, reason: 'it lost everything' });
  ledger.units.fill(0);
  ledger.cash = 0;
  wealth[wealth.length - 1] = 0;
  for (const series of [wealth, turnover, cost]) series.push(0);
  for (let i = 0; i < ledger.units.length; i++) weights.push(0);
}

const yearOf = (date: string): string => date.slice(0, 4);

/** One account from the first day to the last: every decision is taken on the past alone, and traded a day later. */
export function walkAccount(
  history: PriceHistory,
  strategy: NamedStrategy,
  plan: BackTestPlan,
  first: number,
  last: number,
  harvesting: boolean,
): Account {
  const k = history.assets.length;
  const walk: Walk = {
    history,
    plan,
    strategy,
    harvesting,
    ledger: openLedger(k),
    state: noHarvest(k),
    wealth: [],
    turnover: [],
    cost: [],
    weights: [],
    decisions: [],
    failures: [],
    lastRow: -1,
    lastTarget: new Float64Array(k),
    order: undefined,
  };
  for (let row = first; row <= last; row++) {
    if ((walk.wealth.at(-1) ?? 1) <= 0) {
      standStill(walk, row);
      continue;
    }
    openDay(
      walk.ledger,
      plan,
      row > first && yearOf(history.dates[row]!) !== yearOf(history.dates[row - 1]!),
    );
    if (walk.order === undefined) rebalance(walk, row);
    send(walk, row);
    const quiet =
      walk.order === undefined && row > first && (row - first) % (plan.tax?.harvest.every ?? 1) === 0;
    if (harvesting && quiet) harvest(history, plan, walk.ledger, walk.state, row);
    close(walk, row);
  }
  return accountOf(walk, last);
}

function accountOf(walk: Walk, last: number): Account {
  const { history, plan, ledger, state, decisions, failures } = walk;
  const prices = pricesAt(history, last);
  const accrued = grossOf(ledger, prices) - netOf(ledger, prices, plan);
  return {
    wealth: Float64Array.from(walk.wealth),
    turnover: Float64Array.from(walk.turnover),
    cost: Float64Array.from(walk.cost),
    weights: Float64Array.from(walk.weights),
    decisions,
    failures,
    liquidated: liquidationOf(ledger, prices, plan, history.calendar[last]!),
    harvested: state.total,
    taxed: ledger.paid + accrued,
  };
}

/** Tests a strategy on a price history, and once more under tax, without and with loss harvesting.
 * @formula wealth follows units · price; each trade costs costBps of its value
 * @pitfall a decision of the day before trades at the day's close, whatever its size: only execution.slicing spreads it
 */
export function walkForward(
  history: PriceHistory,
  strategy: NamedStrategy,
  plan: BackTestPlan,
  first: number,
  last: number,
): BackTest {
  const account = (tax: BackTestPlan['tax'], harvesting: boolean): Account =>
    walkAccount(history, strategy, { ...plan, tax }, first, last, harvesting);
  const plain = account(null, false);
  if (plan.tax === null) return { name: strategy.name, first, last, plain };
  return {
    name: strategy.name,
    first,
    last,
    plain,
    taxed: { plain: account(plan.tax, false), harvesting: account(plan.tax, true) },
  };
}

/** The first row that has `lookback` returns of at least two assets before the day before it, from a date on. */
export function firstRow(
  { dates, prices, assets }: PriceHistory,
  lookback: number,
  from: string,
): number | undefined {
  const k = assets.length;
  for (let row = lookback + 1; row < dates.length; row++) {
    if (dates[row]! < from) continue;
    let whole = 0;
    for (let i = 0; i < k; i++) whole += Number.isFinite(prices[(row - 1 - lookback) * k + i]!) ? 1 : 0;
    if (whole >= 2) return row;
  }
  return undefined;
}
