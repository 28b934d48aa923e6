import type { AssetTags } from '../../../core/asset-tags.js';
import { stream } from '../../../core/random.js';
import type { OverlayContext } from '../overlay.js';
import { overlay } from '../overlay.js';
import type { ReturnHistory, View } from '../view.js';
import { columnsOf, type Past } from './past.js';
import type { BackTestPlan, NamedStrategy } from './plan.js';
import { StrategyFailed } from '../strategy-failed.js';

/** What an account knows of itself when it decides. */
export interface Standing {
  readonly row: number;
  /** Weights held (k). */
  readonly held: Float64Array;
  /** Wealth at the close of every day so far. */
  readonly wealth: readonly number[];
}

/** What a strategy believes of the assets that have a past: full size, 0 for the others. */
interface Beliefs {
  readonly covariance: Float64Array;
  readonly mean: Float64Array;
  readonly error: Float64Array;
}

function spread(values: Float64Array, kept: readonly number[], k: number): Float64Array {
  const all = new Float64Array(k);
  kept.forEach((i, at) => (all[i] = values[at]!));
  return all;
}

function beliefsOf(plan: BackTestPlan, { returns, listed }: Past): Beliefs {
  const k = listed.length;
  const kept = [...listed.keys()].filter((i) => listed[i] === 1);
  if (kept.length === 0) throw new StrategyFailed('no asset has prices on every day looked back on');
  const history: ReturnHistory = columnsOf(returns, k, kept);
  const { entry, options } = plan.riskModel;
  const small = entry.estimate(history, options).covariance;
  const daily = plan.forecast.entry.forecast(history, small, plan.forecast.options);
  const covariance = new Float64Array(k * k);
  kept.forEach((i, a) => kept.forEach((j, b) => (covariance[i * k + j] = small[a * kept.length + b]!)));
  return { covariance, mean: spread(daily.mean, kept, k), error: spread(daily.error, kept, k) };
}

/** Assets that may be held: listed, and excluded by no rule. */
function permittedBy(plan: BackTestPlan, { listed }: Past, assets: readonly AssetTags[]): Uint8Array {
  const permitted = listed.slice();
  for (const { entry, options } of plan.overlay)
    entry.permits?.(options, assets).forEach((allowed, i) => (permitted[i]! &= allowed));
  return permitted;
}

/** Fall of wealth from its highest value over the last days. */
export const drawdownOf =
  (wealth: readonly number[]) =>
  (days: number): number => {
    const peak = wealth.slice(-days - 1).reduce((most, value) => Math.max(most, value), 0);
    return peak === 0 ? 0 : 1 - wealth.at(-1)! / peak;
  };

export interface Decision {
  readonly weights: Float64Array;
  readonly covariance: Float64Array;
}

/** Target weights after the overlay, from the past alone. */
export function decide(
  plan: BackTestPlan,
  { name, entry, options }: NamedStrategy,
  assets: readonly AssetTags[],
  past: Past,
  { row, held, wealth }: Standing,
): Decision {
  const k = assets.length;
  const beliefs = beliefsOf(plan, past);
  const permitted = permittedBy(plan, past, assets);
  const open = permitted.reduce((sum, one) => sum + one, 0);
  const { horizon } = plan;
  const peak = wealth.reduce((most, value) => Math.max(most, value), 0);
  const view: View = {
    expectedReturns: beliefs.mean.map((value) => horizon * value),
    uncertainty: beliefs.error.map((value) => horizon * value),
    covariance: beliefs.covariance.map((value) => horizon * value),
    riskAversion: plan.riskAversion,
    previousWeights: held,
    benchmark: Float64Array.from(permitted, (one) => one / Math.max(1, open)),
    permitted,
    wealthRatio: wealth.at(-1)! / peak,
    history: past.returns,
    stream: stream({ seed: plan.seed, purpose: `back-test ${name}`, day: row }),
  };
  const context: OverlayContext = {
    covariance: beliefs.covariance,
    previousWeights: held,
    permitted,
    volatility: past.volatility,
    drawdown: drawdownOf(wealth),
    tradingCosts: new Float64Array(k).fill(plan.costBps / 1e4),
  };
  const limits = plan.overlay.map((rule) => rule.entry.limit(rule.options, assets));
  const weights = overlay(limits)(entry.allocate(view, options), context);
  if (!weights.every(Number.isFinite))
    throw new StrategyFailed('the overlay left weights that are no numbers');
  return { weights, covariance: beliefs.covariance };
}
