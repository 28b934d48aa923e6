import type { Slicing } from '../execution/index.js';
import type { Forecaster } from '../forecasts/index.js';
import type { CovarianceEstimator } from '../covariance/estimator.js';
import type { OverlayRule } from '../overlay/rule.js';
import type { Trigger } from '../rebalancing/index.js';
import type { Strategy } from '../strategy.js';
import type { LotOrder } from '../../../core/lots.js';

/** An entry of an extension map with its options, parsed. */
export interface Chosen<T> {
  readonly entry: T;
  readonly options: unknown;
}

/** How gains are taxed, and what is done about it. */
export interface TaxPlan {
  /** Rate on net gains held for at most `longAfterDays`, and for longer. */
  readonly shortRate: number;
  readonly longRate: number;
  readonly longAfterDays: number;
  readonly order: LotOrder;
  readonly washDays: number;
  /** Losses are realised where a lot has lost at least this share, every so many days. */
  readonly harvest: { readonly threshold: number; readonly every: number };
}

/** All that decides how a strategy is tested. */
export interface BackTestPlan {
  readonly lookback: number;
  readonly riskModel: Chosen<CovarianceEstimator>;
  readonly forecast: Chosen<Forecaster>;
  readonly riskAversion: number;
  readonly rebalancing: Chosen<Trigger>;
  /** Days over which forecasts reach. */
  readonly horizon: number;
  readonly slicing: Chosen<Slicing>;
  readonly overlay: readonly Chosen<OverlayRule>[];
  readonly costBps: number;
  /** Yearly rate that cash earns, and that debt costs. */
  readonly cashRate: number;
  readonly tax: TaxPlan | null;
  readonly seed: number;
}

export interface NamedStrategy extends Chosen<Strategy> {
  readonly name: string;
}
