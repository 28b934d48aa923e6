import type { PriceHistory } from '../../../core/back-test.js';
import { pow } from '../../../core/numeric.js';
import type { ReturnHistory } from '../view.js';

/** What is known at the close of a row: nothing after it can be reached from here. */
export interface Past {
  /** Simple returns of the last `lookback` rows (lookback, k); NaN where an asset was not listed. */
  readonly returns: ReturnHistory;
  /** 1 where an asset has a price on every row looked back on (k). */
  readonly listed: Uint8Array;
  /** Exponentially weighted daily volatilities (k). */
  readonly volatility: { readonly fast: Float64Array; readonly slow: Float64Array };
}

const halfLives = { fast: 10, slow: 60 } as const;

/** The past of `row`, its close included. */
export function pastOf({ prices, assets }: PriceHistory, row: number, lookback: number): Past {
  const k = assets.length;
  const values = new Float64Array(lookback * k);
  const listed = new Uint8Array(k).fill(1);
  for (let t = 0; t < lookback; t++)
    for (let i = 0; i < k; i++) {
      const at = (row - lookback + 1 + t) * k + i;
      const value = prices[at]! / prices[at - k]! - 1;
      values[t * k + i] = value;
      if (!Number.isFinite(value)) listed[i] = 0;
    }
  const returns = { rows: lookback, values };
  return {
    returns,
    listed,
    volatility: {
      fast: weighted(returns, k, halfLives.fast),
      slow: weighted(returns, k, halfLives.slow),
    },
  };
}

function weighted({ rows, values }: ReturnHistory, k: number, halfLife: number): Float64Array {
  const decay = pow(0.5, 1 / halfLife);
  const total = new Float64Array(k);
  let weight = 0;
  for (let t = 0; t < rows; t++) {
    weight = decay * weight + 1;
    for (let i = 0; i < k; i++) total[i] = decay * total[i]! + values[t * k + i]! ** 2;
  }
  return total.map((value) => Math.sqrt(value / weight));
}

/** Columns of some assets. */
export function columnsOf(
  { rows, values }: ReturnHistory,
  k: number,
  kept: readonly number[],
): ReturnHistory {
  const picked = new Float64Array(rows * kept.length);
  for (let t = 0, at = 0; t < rows; t++) for (const i of kept) picked[at++] = values[t * k + i]!;
  return { rows, values: picked };
}
