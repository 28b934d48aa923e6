/** What a limit may look at besides the weights themselves. */
export interface OverlayContext {
  /** Covariance of daily returns (k,k). */
  readonly covariance: Float64Array;
  readonly previousWeights: Float64Array;
  /** 1 where the asset may be held (k). */
  readonly permitted: Uint8Array;
  /** Daily volatility of late, a forecast of tomorrow's, and its longer average (k). */
  readonly volatility: { readonly fast: Float64Array; readonly slow: Float64Array };
  /** Fall from the highest value of the last days, as a share of it. */
  readonly drawdown: (days: number) => number;
  /** Cost of trading each asset, as a share of what is traded (k). */
  readonly tradingCosts: Float64Array;
}

/** A pure rule on target weights, as shares of equity. */
export type Limit = (weights: Float64Array, context: OverlayContext) => Float64Array;

/** Applies limits in the order given; what a limit takes away stays in cash unless a later one spends it.
 * @pitfall order matters: a turnover budget comes last, or a later limit may trade past it
 */
export function overlay(limits: readonly Limit[]): Limit {
  return (weights, context) => limits.reduce((current, limit) => limit(current, context), weights);
}
