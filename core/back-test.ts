import type { AssetTags } from './asset-tags.js';

/** Prices to test on: one row a day, oldest first. */
export interface PriceHistory {
  readonly assets: readonly AssetTags[];
  readonly dates: readonly string[];
  /** Calendar day of each row, counted from any one day. */
  readonly calendar: Int32Array;
  /** Row-major (rows, assets); NaN before an asset is listed. */
  readonly prices: Float64Array;
  /** Units traded, in the same shape, where they are known. */
  readonly volumes?: Float64Array;
}

/** A decision of a strategy: what it wanted, and what of it traded from that row's close on. */
export interface BackTestDecision {
  readonly row: number;
  /** Target weights, after the overlay (k). */
  readonly weights: Float64Array;
  /** Shares of forecast variance (k). */
  readonly riskShares: Float64Array;
}

/** What became of an account from its first day to its last; every array has one entry a day, `first` to `last`. */
export interface Account {
  /** Value after costs and after taxes accrued so far; 1 at the start. */
  readonly wealth: Float64Array;
  /** Value of one-way trades, as a share of wealth. */
  readonly turnover: Float64Array;
  /** Cost of trading, as a share of wealth. */
  readonly cost: Float64Array;
  /** Weights at the close (days, k), row-major. */
  readonly weights: Float64Array;
  readonly decisions: readonly BackTestDecision[];
  /** Rebalancings at which the strategy had no answer, and held. */
  readonly failures: readonly { readonly row: number; readonly reason: string }[];
  /** Value if everything were sold at the end and all tax paid. */
  readonly liquidated: number;
  /** Losses realised on purpose, as a share of wealth, summed. */
  readonly harvested: number;
  /** Tax paid or accrued, as a share of wealth, summed. */
  readonly taxed: number;
}

/** One strategy's walk through a price history. */
export interface BackTest {
  readonly name: string;
  /** Rows of the first and the last day. */
  readonly first: number;
  readonly last: number;
  readonly plain: Account;
  /** The same under tax, without and with loss harvesting. */
  readonly taxed?: { readonly plain: Account; readonly harvesting: Account };
}
