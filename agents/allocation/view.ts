import type { Stream } from '../../core/random.js';

/** Past returns, oldest first; `values` is (rows, assets) row-major. */
export interface ReturnHistory {
  readonly rows: number;
  readonly values: Float64Array;
}

/** All that a portfolio strategy may see: k assets, returns over the institution's horizon. */
export interface View {
  /** Forecast excess returns over the horizon (k). */
  readonly expectedReturns: Float64Array;
  /** What the mind itself says of each asset, before anything is made of it (k). */
  readonly scores?: Float64Array;
  /** Standard error of each forecast (k); NaN where none is stated. */
  readonly uncertainty: Float64Array;
  /** Covariance of returns over the horizon (k,k), row-major. */
  readonly covariance: Float64Array;
  readonly riskAversion: number;
  /** Weights held now (k), as shares of equity. */
  readonly previousWeights: Float64Array;
  /** The weights an institution without a view holds (k). */
  readonly benchmark: Float64Array;
  /** 1 where the institution may hold the asset (k). */
  readonly permitted: Uint8Array;
  /** What target weights sum to: 1 is fully invested and unlevered. */
  readonly leverage?: number;
  /** Least and greatest weight that the institution's own limits allow (k); strategies that optimise heed them,
   * and the overlay enforces them on all others. */
  readonly floor?: Float64Array;
  readonly ceiling?: Float64Array;
  /** Equity over its own highest value so far: 1 at a peak. */
  readonly wealthRatio?: number;
  readonly history?: ReturnHistory;
  /** Correlation to cluster on, where it is not the covariance's own (k,k). */
  readonly correlation?: Float64Array;
  /** Equilibrium returns, where they are known rather than implied by the benchmark (k). */
  readonly prior?: Float64Array;
  /** Original positions of the assets after those not permitted were left out (k). */
  readonly assets?: Int32Array;
  /** The institution's own addressed randomness, for strategies that resample. */
  readonly stream?: Stream;
}

export function leverageOf(view: View): number {
  return view.leverage ?? 1;
}

/** The original position of the view's asset i. */
export function positionOf(view: View, i: number): number {
  return view.assets?.[i] ?? i;
}
