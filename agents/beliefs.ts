import type { SeatBrief } from '../core/protocol.js';
import type { CovarianceEstimator } from './allocation/covariance/estimator.js';
import { riskModels } from './allocation/covariance/risk-models.js';
import type { Estimation } from './allocation/covariance/seat-risk-models.js';
import { blendCovariance, covarianceOf, type RiskModel } from './allocation/risk-model.js';
import { solve } from './allocation/strategy.js';
import { recentReturns } from './memory.js';
import type { Mind } from './mind.js';

/** A covariance by the estimator that a seat names, and when it was made. Plain data, so that a checkpoint can hold it. */
export interface Estimated {
  /** Days of returns that the mind had seen. */
  readonly at: number;
  /** Daily (k,k), row-major. */
  readonly covariance: Float64Array;
}

/** Days of returns that a seat's risk model is estimated on. */
export const estimatedOn = ({ riskModel }: SeatBrief): number =>
  riskModel === undefined ? 0 : (riskModel as unknown as Estimation).days;

/** The covariance of one day's returns by the estimator that the seat names, made anew once the last one is old.
 * @throws {StrategyFailed} where the past gives none */
function estimated(mind: Mind, riskModel: NonNullable<SeatBrief['riskModel']>): Float64Array {
  const { estimator, days, every } = riskModel as unknown as Estimation;
  const now = mind.memory.steps;
  if (mind.estimate && now - mind.estimate.at < every) return mind.estimate.covariance;
  const entry: CovarianceEstimator = riskModels[estimator];
  const history = recentReturns(mind.memory, days);
  // A copy: the estimate outlives the day.
  const covariance = solve(() => entry.estimate(history, riskModel).covariance).slice();
  mind.estimate = { at: now, covariance };
  return covariance;
}

/** The institution's own risk model, drawn towards the common one as the scenario says; undefined while it has seen
 * too little. */
export function beliefs(mind: Mind, common: RiskModel, share: number): Float64Array | undefined {
  const enough = 2 * mind.memory.assets;
  if (mind.risk.observations <= enough) return undefined;
  const { riskModel } = mind.seat;
  const own = riskModel === undefined ? covarianceOf(mind.risk, 1) : estimated(mind, riskModel);
  return share > 0 && common.observations > enough
    ? blendCovariance(own, covarianceOf(common, 1), share)
    : own;
}
