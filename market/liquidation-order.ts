import type { Scenario } from '../core/scenario.js';
import type { Asset, Stage } from '../core/types.js';

type Order = (stage: Stage, held: Float64Array, price: Float64Array, valueUsd: number) => Float64Array;

/** The same share of every position. */
const proRata: Order = (_stage, held, price, valueUsd) => {
  const gross = held.reduce((total, q, k) => total + Math.abs(q) * price[k]!, 0);
  const share = Math.min(1, valueUsd / gross);
  return held.map((q) => -q * share);
};

/** Impact of a dollar, up to a constant: volatility over the root of the value of daily volume. */
const illiquidity = (asset: Asset, price: number): number =>
  asset.dailyVolatility / Math.sqrt(asset.advUnits * price);

/** What moves its price least first. */
const mostLiquidFirst: Order = (stage, held, price, valueUsd) => {
  const cost = stage.assets.map((asset, k) => illiquidity(asset, price[k]!));
  const order = stage.assets.map((_, k) => k).sort((a, b) => cost[a]! - cost[b]! || a - b);
  const units = new Float64Array(held.length);
  let left = valueUsd;
  for (const k of order) {
    const value = Math.abs(held[k]!) * price[k]!;
    const share = value > 0 ? Math.min(1, left / value) : 0;
    units[k] = -held[k]! * share;
    left -= share * value;
  }
  return units;
};

const orders = {
  'pro-rata': proRata,
  'most-liquid-first': mostLiquidFirst,
} satisfies Record<Scenario['contagion']['liquidationOrder'], Order>;

/** Signed units that close positions worth `valueUsd`, in the scenario's order of liquidation. */
export const sales = (
  scenario: Scenario,
  stage: Stage,
  held: Float64Array,
  price: Float64Array,
  valueUsd: number,
): Float64Array => orders[scenario.contagion.liquidationOrder](stage, held, price, valueUsd);
